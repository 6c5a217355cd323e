/**
 * Table names and migrations. {@link Schema} knows the names of one store's tables, and makes the
 * renderer that uses them; {@link SchemaMigrator} runs Flyway, and {@link MigrationHistory} spares
 * that where the database is up to date. {@link FoundTables} knows which stores are in a database.
 * {@code internal.database} uses them when it opens one.
 */
@NullMarked
package dev.daybook.internal.schema;

import org.jspecify.annotations.NullMarked;
