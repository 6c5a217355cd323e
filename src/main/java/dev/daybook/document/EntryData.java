package dev.daybook.document;

import dev.daybook.internal.input.InputRules;
import java.util.Arrays;
import java.util.Objects;

/** An entry's content: text that is JSON, or bytes. Kept as it is given. */
public sealed interface EntryData {

  static EntryData json(String text) {
    return new Json(text);
  }

  static EntryData binary(byte[] bytes) {
    return new Binary(bytes);
  }

  /**
   * JSON as text. The store does not parse it.
   *
   * @param text the text, without unpaired surrogates
   */
  record Json(String text) implements EntryData {

    /**
     * @throws dev.daybook.error.InvalidInputException if the text has an unpaired surrogate
     */
    public Json {
      InputRules.requireUnicode("entry data", text);
    }
  }

  /**
   * Bytes.
   *
   * @param bytes neither copied nor changed; nor may the caller change them while a write is
   *     running
   */
  @SuppressWarnings("ArrayRecordComponent") // Equality is by content, and copying would cost.
  record Binary(byte[] bytes) implements EntryData {

    public Binary {
      Objects.requireNonNull(bytes, "bytes");
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Binary that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Binary[%s byte%s]".formatted(bytes.length, bytes.length == 1 ? "" : "s");
    }
  }
}
