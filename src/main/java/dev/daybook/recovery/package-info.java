/**
 * Recovery: the state of a stream from the latest usable snapshot and the events after it, in one
 * call.
 */
@NullMarked
package dev.daybook.recovery;

import org.jspecify.annotations.NullMarked;
