/**
 * Copying a whole store into another database, for example from a SQLite file to PostgreSQL, while
 * the source is in use. {@code Daybook.copyTo} is the way in.
 */
@NullMarked
package dev.daybook.transfer;

import org.jspecify.annotations.NullMarked;
