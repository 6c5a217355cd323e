/**
 * Annotations that say what a public type or method promises. Without one, it stays as it is until
 * the next major version. {@link dev.daybook.meta.Internal} promises nothing.
 */
@NullMarked
package dev.daybook.meta;

import org.jspecify.annotations.NullMarked;
