package dev.daybook.journal;

import dev.daybook.codec.Codecs;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.input.InputRules;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event's data as it is stored, for callers that don't decode it.
 *
 * @param type the stable type name
 * @param schemaVersion the version of the payload's schema within its type, from 1
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
    int schemaVersion,
    String codec,
    byte[] payload,
    @Nullable String compression,
    @Nullable String keyId) {

  /** The name of the codec that writes UTF-8 JSON. */
  public static final String JSON = Codecs.JSON;

  /**
   * @throws InvalidInputException if the type, the codec, the compression or the key id is not a
   *     valid name, or the version is less than 1
   */
  public EncodedEvent {
    InputRules.requireName("event type", type);
    if (schemaVersion < 1) {
      throw new InvalidInputException(
          "the schema version is %s; expected 1 or more".formatted(schemaVersion));
    }
    InputRules.requireName("codec", codec);
    Objects.requireNonNull(payload, "payload");
    if (compression != null) {
      InputRules.requireName("compression", compression);
    }
    if (keyId != null) {
      InputRules.requireName("key id", keyId);
    }
  }

  /** An event of schema version 1. */
  public EncodedEvent(
      String type,
      String codec,
      byte[] payload,
      @Nullable String compression,
      @Nullable String keyId) {
    this(type, 1, codec, payload, compression, keyId);
  }

  /** An event of schema version 1 whose payload is neither compressed nor encrypted. */
  public EncodedEvent(String type, String codec, byte[] payload) {
    this(type, 1, codec, payload, null, null);
  }

  /**
   * An event of schema version 1 whose payload is this JSON text, stored as it is given.
   *
   * @throws dev.daybook.error.InvalidInputException if the text has an unpaired surrogate
   */
  public static EncodedEvent json(String type, String json) {
    String text = InputRules.requireUnicode("the JSON", json);
    return new EncodedEvent(type, JSON, text.getBytes(StandardCharsets.UTF_8));
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
        && schemaVersion == that.schemaVersion
        && codec.equals(that.codec)
        && Objects.equals(compression, that.compression)
        && Objects.equals(keyId, that.keyId)
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, schemaVersion, codec, compression, keyId, Arrays.hashCode(payload));
  }

  @Override
  public String toString() {
    return "EncodedEvent[type=%s, schemaVersion=%s, codec=%s, compression=%s, keyId=%s, %s bytes]"
        .formatted(type, schemaVersion, codec, compression, keyId, payload.length);
  }
}
