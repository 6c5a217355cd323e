/**
 * Calling code that is not Daybook's own: listeners, handlers, subscribers. Whatever they throw,
 * interrupt or leave behind does no harm to the thread that calls them: {@link Callbacks}.
 */
@NullMarked
package dev.daybook.internal.callback;

import org.jspecify.annotations.NullMarked;
