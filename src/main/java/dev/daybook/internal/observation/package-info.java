/** Calls those who watch a Daybook, so that none of them affects it: {@link Observers}. */
@NullMarked
package dev.daybook.internal.observation;

import org.jspecify.annotations.NullMarked;
