/**
 * SQLite: files and memory, through sqlite-jdbc. Only {@code internal.connections} and the classes
 * that open a file by its path use this package. Begin with {@link SqliteDialect}, and with {@link
 * SqliteSources}, which makes connections. Plain SQL is here only where the DSL has no words for
 * it: pragmas, the begin and the rollback of a transaction, and {@code vacuum}.
 */
@NullMarked
package dev.daybook.internal.dialect.sqlite;

import org.jspecify.annotations.NullMarked;
