/**
 * How long a call may wait. A {@link Deadline} is bound to the thread of a call, and whatever waits
 * asks it for the time that is left. What can't wait for a limited time is run by another thread
 * ({@link OtherThread}), or is cancelled by a {@link Watch}.
 */
@NullMarked
package dev.daybook.internal.deadlines;

import org.jspecify.annotations.NullMarked;
