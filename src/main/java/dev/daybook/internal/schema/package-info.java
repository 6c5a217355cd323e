/**
 * Table names and migrations. {@link Schema} knows what the tables of one store are called, and
 * makes the renderer that says so; {@link SchemaMigrator} runs Flyway, and {@link MigrationHistory}
 * spares that where the database is up to date. {@code internal.database} uses them when it opens
 * one.
 */
@NullMarked
package dev.daybook.internal.schema;

import org.jspecify.annotations.NullMarked;
