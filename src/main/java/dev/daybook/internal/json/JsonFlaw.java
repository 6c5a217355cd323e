package dev.daybook.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why bytes are not one JSON value in UTF-8.
 *
 * @param reason for a message
 * @param offset of the byte that is wrong, or of the one after it; -1 if unknown
 */
public record JsonFlaw(String reason, long offset) {

  /** The name of UTF-8 as the encoding of a byte-order mark. */
  public static final String UTF_8 = "UTF-8";

  private static final JsonFactory JSON = StoredJson.factory();
  private static final int CHUNK = 4_096;

  private static final Map<String, byte[]> MARKS = marks();

  /** What is wrong with bytes that should be one JSON value in UTF-8; empty if nothing is. */
  public static Optional<JsonFlaw> in(byte[] json) {
    Optional<JsonFlaw> encoding = inEncoding(json);
    if (encoding.isPresent()) {
      return encoding;
    }
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == null) {
        return Optional.of(new JsonFlaw("it is empty", 0));
      }
      parser.skipChildren();
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      return Optional.of(
          new JsonFlaw("more follows after it", parser.currentTokenLocation().getByteOffset()));
    } catch (IOException | RuntimeException e) {
      return Optional.of(of(e));
    }
  }

  /**
   * What is wrong with the encoding; empty if this is UTF-8 without U+0000, which no JSON has. Such
   * bytes are not taken for another encoding by Jackson, which guesses by U+0000.
   */
  public static Optional<JsonFlaw> inEncoding(byte[] bytes) {
    Optional<String> mark = byteOrderMark(bytes);
    if (mark.isPresent()) {
      return Optional.of(
          new JsonFlaw(
              "it starts with a byte-order mark of %s; expected UTF-8 without one"
                  .formatted(mark.get()),
              0));
    }
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return Optional.of(
            new JsonFlaw(
                "it has a byte 00, which no JSON has; other encodings than UTF-8 have it, and files after a crash",
                i));
      }
    }
    return malformed(bytes);
  }

  /** The encoding whose byte-order mark is at the start of these bytes. */
  public static Optional<String> byteOrderMark(byte[] bytes) {
    for (Map.Entry<String, byte[]> mark : MARKS.entrySet()) {
      int length = mark.getValue().length;
      if (bytes.length >= length && Arrays.equals(bytes, 0, length, mark.getValue(), 0, length)) {
        return Optional.of(mark.getKey());
      }
    }
    return Optional.empty();
  }

  /** What a parser has found. */
  public static JsonFlaw of(Exception failure) {
    if (failure instanceof JsonProcessingException json) {
      JsonLocation location = json.getLocation();
      return new JsonFlaw(
          "it is not valid JSON: " + JacksonMessages.reason(json),
          location == null ? -1 : location.getByteOffset());
    }
    return new JsonFlaw("it can't be read as JSON", -1);
  }

  /** The number of the character, from 1; 0 if unknown. */
  public int columnIn(byte[] bytes) {
    if (offset < 0) {
      return 0;
    }
    int column = 1;
    for (int i = 0; i < Math.min(offset, bytes.length); i++) {
      // Bytes after the first one of a character begin with the bits 10.
      column += (bytes[i] & 0xC0) == 0x80 ? 0 : 1;
    }
    return column;
  }

  private static Optional<JsonFlaw> malformed(byte[] bytes) {
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(CHUNK);
    while (true) {
      CoderResult result = utf8.decode(in, out.clear(), true);
      if (result.isError()) {
        int at = in.position();
        String wrong =
            HexFormat.ofDelimiter(" ")
                .withUpperCase()
                .formatHex(bytes, at, Math.min(bytes.length, at + result.length()));
        return Optional.of(new JsonFlaw("it is not UTF-8: it has the bytes " + wrong, at));
      }
      if (result.isUnderflow()) {
        return Optional.empty();
      }
    }
  }

  /** The longer marks first: that of UTF-16 is the start of another one. */
  private static Map<String, byte[]> marks() {
    HexFormat hex = HexFormat.of();
    Map<String, byte[]> marks = new LinkedHashMap<>();
    marks.put("UTF-32 (big endian)", hex.parseHex("0000feff"));
    marks.put("UTF-32 (little endian)", hex.parseHex("fffe0000"));
    marks.put("UTF-16 (big endian)", hex.parseHex("feff"));
    marks.put("UTF-16 (little endian)", hex.parseHex("fffe"));
    marks.put(UTF_8, hex.parseHex("efbbbf"));
    return marks;
  }
}
