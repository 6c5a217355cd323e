/**
 * Compression and encryption of payloads, the same for events and snapshots. Begin with {@link
 * PayloadPipeline}; a {@link PayloadBinding} ties what is encrypted to the place where it belongs.
 */
@NullMarked
package dev.daybook.payload.internal;

import org.jspecify.annotations.NullMarked;
