/**
 * PostgreSQL, through its own driver. Only {@code internal.connections} and the classes that open a
 * database by its URL use this package. Begin with {@link PostgresDialect}; {@link
 * PostgresPositions} keeps positions in order where several transactions write, and {@link
 * PostgresSources} makes connections. Plain SQL is here only where the DSL has no words for it.
 */
@NullMarked
package dev.daybook.internal.dialect.postgres;

import org.jspecify.annotations.NullMarked;
