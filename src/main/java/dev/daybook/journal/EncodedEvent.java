package dev.daybook.journal;

import dev.daybook.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * An event's data as it is stored, for those who don't decode it.
 *
 * @param type the stable type name
 * @param codec what wrote the payload, such as {@value #JSON}
 * @param payload the stored bytes; neither this record nor the journal copies or changes them, so
 *     neither may the caller while an append is running
 */
@SuppressWarnings(
    "ArrayRecordComponent") // Equality is by content, and copying each payload would cost.
public record EncodedEvent(String type, String codec, byte[] payload) {

  /** The name of the codec that writes UTF-8 JSON. */
  public static final String JSON = "json";

  /**
   * @throws dev.daybook.InvalidInputException if the type or the codec is no name
   */
  public EncodedEvent {
    Limits.requireName("event type", type);
    Limits.requireName("codec", codec);
    Objects.requireNonNull(payload, "payload");
  }

  /** An event whose payload is this JSON text, stored as it is given. */
  public static EncodedEvent json(String type, String json) {
    return new EncodedEvent(type, JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  /** The payload read as UTF-8. */
  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedEvent that
        && type.equals(that.type)
        && codec.equals(that.codec)
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, codec, Arrays.hashCode(payload));
  }

  @Override
  public String toString() {
    return "EncodedEvent[type=%s, codec=%s, %d bytes]".formatted(type, codec, payload.length);
  }
}
