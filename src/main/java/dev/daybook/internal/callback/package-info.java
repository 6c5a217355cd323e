/**
 * Calling code that is not Daybook's own: listeners, handlers, subscribers. Whatever they throw
 * does not affect the thread that calls them, and neither does an interrupt that they leave: {@link
 * Callbacks}.
 */
@NullMarked
package dev.daybook.internal.callback;

import org.jspecify.annotations.NullMarked;
