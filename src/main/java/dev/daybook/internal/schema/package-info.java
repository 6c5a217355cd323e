/** Brings a database to the schema that this version knows, by the Flyway migrations in the jar. */
@NullMarked
package dev.daybook.internal.schema;

import org.jspecify.annotations.NullMarked;
