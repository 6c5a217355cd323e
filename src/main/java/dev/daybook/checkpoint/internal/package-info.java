/** The checkpoint store's implementation. */
@NullMarked
package dev.daybook.checkpoint.internal;

import org.jspecify.annotations.NullMarked;
