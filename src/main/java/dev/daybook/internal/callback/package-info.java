/** Calling code that is not Daybook's own. */
@NullMarked
package dev.daybook.internal.callback;

import org.jspecify.annotations.NullMarked;
