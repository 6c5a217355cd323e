/** Rows as they are stored, whatever they hold: to be read, hashed and written again elsewhere. */
@NullMarked
package dev.daybook.internal.rows;

import org.jspecify.annotations.NullMarked;
