/** The copy's implementation. */
@NullMarked
package dev.daybook.transfer.internal;

import org.jspecify.annotations.NullMarked;
