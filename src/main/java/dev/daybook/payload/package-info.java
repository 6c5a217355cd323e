/**
 * The steps between a payload's codec and its column: compression, then encryption. Each is named
 * in the row, so that old rows stay readable when the choice changes.
 */
@NullMarked
package dev.daybook.payload;

import org.jspecify.annotations.NullMarked;
