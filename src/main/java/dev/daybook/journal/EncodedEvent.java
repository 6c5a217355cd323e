package dev.daybook.journal;

import dev.daybook.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event's data as it is stored, for those who don't decode it.
 *
 * @param type the stable type name
 * @param codec what wrote the payload, such as {@value #JSON}
 * @param payload the stored bytes; neither this record nor the journal copies or changes them, so
 *     neither may the caller while an append is running
 * @param compression the name of the payload's compression; {@code null} for none
 * @param keyId the id of the key that the payload is encrypted with; {@code null} for none
 */
@SuppressWarnings(
    "ArrayRecordComponent") // Equality is by content, and copying each payload would cost.
public record EncodedEvent(
    String type,
    String codec,
    byte[] payload,
    @Nullable String compression,
    @Nullable String keyId) {

  /** The name of the codec that writes UTF-8 JSON. */
  public static final String JSON = "json";

  /**
   * @throws dev.daybook.InvalidInputException if the type, the codec, the compression or the key id
   *     is no name
   */
  public EncodedEvent {
    Limits.requireName("event type", type);
    Limits.requireName("codec", codec);
    Objects.requireNonNull(payload, "payload");
    if (compression != null) {
      Limits.requireName("compression", compression);
    }
    if (keyId != null) {
      Limits.requireName("key id", keyId);
    }
  }

  /** An event whose payload is neither compressed nor encrypted. */
  public EncodedEvent(String type, String codec, byte[] payload) {
    this(type, codec, payload, null, null);
  }

  /** An event whose payload is this JSON text, stored as it is given. */
  public static EncodedEvent json(String type, String json) {
    return new EncodedEvent(type, JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The payload read as UTF-8, which it is only if it is JSON and neither compressed nor encrypted.
   */
  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedEvent that
        && type.equals(that.type)
        && codec.equals(that.codec)
        && Objects.equals(compression, that.compression)
        && Objects.equals(keyId, that.keyId)
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, codec, compression, keyId, Arrays.hashCode(payload));
  }

  @Override
  public String toString() {
    return "EncodedEvent[type=%s, codec=%s, compression=%s, keyId=%s, %d bytes]"
        .formatted(type, codec, compression, keyId, payload.length);
  }
}
