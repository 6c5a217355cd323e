/** The codecs that come along. Not for use by applications. */
@NullMarked
package dev.daybook.codec.internal;

import org.jspecify.annotations.NullMarked;
