/**
 * SQLite: files and memory, through sqlite-jdbc. Only {@code internal.connections} and whoever
 * opens a file by its path know this package. Begin with {@link SqliteDialect}, and with {@link
 * SqliteSources} for where connections come from. Each plain statement is a pragma, which the DSL
 * has no words for.
 */
@NullMarked
package dev.daybook.internal.dialect.sqlite;

import org.jspecify.annotations.NullMarked;
