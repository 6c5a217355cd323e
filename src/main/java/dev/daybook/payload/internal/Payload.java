package dev.daybook.payload.internal;

import org.jspecify.annotations.Nullable;

/**
 * A payload as it is stored.
 *
 * @param compression the name of its compression; {@code null} for none
 * @param keyId the id of the key that encrypted it; {@code null} for none
 */
@SuppressWarnings("ArrayRecordComponent") // Lives between a row and a codec, and is never compared.
public record Payload(byte[] bytes, @Nullable String compression, @Nullable String keyId) {}
