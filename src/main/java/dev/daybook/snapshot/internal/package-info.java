/** The snapshot store's implementation. */
@NullMarked
package dev.daybook.snapshot.internal;

import org.jspecify.annotations.NullMarked;
