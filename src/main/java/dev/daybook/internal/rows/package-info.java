/**
 * Rows of the tables, whatever they hold: read as values, hashed, and written again elsewhere.
 * Copying, moving and verifying use this. Begin with {@link Columns}; {@link ContentChecksum} finds
 * a changed row, and a {@link PrefixScan} lists ids.
 */
@NullMarked
package dev.daybook.internal.rows;

import org.jspecify.annotations.NullMarked;
