/**
 * The codecs that come along: JSON and CBOR, both by Jackson. Journals and snapshot stores use them
 * through {@link ResolvedCodecs}; applications never do. Begin with {@link JacksonCodec}; {@link
 * ShapeReader} finds out before the first event whether a class could be read again.
 */
@NullMarked
package dev.daybook.codec.internal;

import org.jspecify.annotations.NullMarked;
