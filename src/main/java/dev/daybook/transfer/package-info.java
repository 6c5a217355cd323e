/**
 * Copying a whole store into another database, for example from a SQLite file to PostgreSQL, while
 * the source is in use. Start with {@code Daybook.copyTo}.
 */
@NullMarked
package dev.daybook.transfer;

import org.jspecify.annotations.NullMarked;
