/**
 * SQLite: files and memory, through sqlite-jdbc. Only {@code internal.connections} and the classes
 * that open a file by its path use this package. Begin with {@link SqliteDialect}, and with {@link
 * SqliteSources}, which makes connections. Each plain statement is a pragma, which the DSL has no
 * words for.
 */
@NullMarked
package dev.daybook.internal.dialect.sqlite;

import org.jspecify.annotations.NullMarked;
