/**
 * What a public type or method promises. What has no annotation stays as it is until the next major
 * version. {@link dev.daybook.meta.Internal} promises nothing.
 */
@NullMarked
package dev.daybook.meta;

import org.jspecify.annotations.NullMarked;
