/**
 * PostgreSQL, through its own driver. Only {@code internal.connections} and whoever opens a
 * database by its URL know this package. Begin with {@link PostgresDialect}; {@link
 * PostgresPositions} is how positions stay in order where several transactions write, and {@link
 * PostgresSources} where connections come from. Plain SQL is here only where the DSL has no words
 * for it.
 */
@NullMarked
package dev.daybook.internal.dialect.postgres;

import org.jspecify.annotations.NullMarked;
