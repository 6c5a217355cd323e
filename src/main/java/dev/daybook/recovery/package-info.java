/** Recovery: from the latest usable snapshot and the events behind it to a state, in one call. */
@NullMarked
package dev.daybook.recovery;

import org.jspecify.annotations.NullMarked;
