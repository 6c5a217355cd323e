package dev.daybook.internal.statements;

import dev.daybook.internal.dialect.Dialect;
import java.util.function.Consumer;

/**
 * What every session of a database shares.
 *
 * @param dialect the database's dialect
 * @param sqlListener receives the text of each statement before it is run
 */
public record SqlContext(Dialect dialect, Consumer<String> sqlListener) {}
