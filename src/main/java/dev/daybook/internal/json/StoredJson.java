package dev.daybook.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.daybook.settings.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON that is or was stored: what could be written can be read, however long its parts are.
 * Jackson's default limits are for untrusted input. What was never written in this shape is
 * refused, and not read as if it were.
 */
public final class StoredJson {

  /** The most levels of arrays and objects. Jackson writes as many by default. */
  public static final int MAX_NESTING = Limits.MAX_JSON_NESTING;

  private static final StreamReadConstraints ANY_LENGTH =
      StreamReadConstraints.builder()
          .maxNestingDepth(MAX_NESTING)
          .maxStringLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .maxNumberLength(Integer.MAX_VALUE)
          .build();

  private static final JsonFactory JSON = factory();

  private StoredJson() {}

  /** Reads and writes it. */
  public static JsonFactory factory() {
    return JsonFactory.builder().streamReadConstraints(ANY_LENGTH).build();
  }

  /**
   * The strings of an array that has nothing else.
   *
   * @throws IOException if this is not such an array
   */
  public static List<String> texts(String json) throws IOException {
    List<String> texts = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(json)) {
      require(parser.nextToken() == JsonToken.START_ARRAY, parser, "an array of strings");
      while (parser.nextToken() == JsonToken.VALUE_STRING) {
        texts.add(parser.getText());
      }
      require(isEnd(parser, JsonToken.END_ARRAY), parser, "an array of strings");
    } catch (JsonProcessingException e) {
      throw inOurWords(e);
    }
    return texts;
  }

  /**
   * The strings of an object that has nothing else, by their names and in their order.
   *
   * @throws IOException if this is not such an object, or it has a name twice
   */
  public static Map<String, String> textsByName(String json) throws IOException {
    return values(json, false);
  }

  /**
   * The strings and numbers of an object that has nothing else, by their names; numbers as they are
   * written.
   *
   * @throws IOException if this is not such an object, or it has a name twice
   */
  public static Map<String, String> scalars(String json) throws IOException {
    return values(json, true);
  }

  private static Map<String, String> values(String json, boolean numbers) throws IOException {
    String expected = numbers ? "an object of strings and numbers" : "an object of strings";
    Map<String, String> values = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      require(parser.nextToken() == JsonToken.START_OBJECT, parser, expected);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        require(
            value == JsonToken.VALUE_STRING || (numbers && value != null && value.isNumeric()),
            parser,
            expected);
        require(values.put(name, parser.getText()) == null, parser, "each name once");
      }
      require(isEnd(parser, JsonToken.END_OBJECT), parser, expected);
    } catch (JsonProcessingException e) {
      throw inOurWords(e);
    }
    return values;
  }

  private static IOException inOurWords(JsonProcessingException failure) {
    return new IOException(JacksonMessages.reasonAndPlace(failure), failure);
  }

  private static boolean isEnd(JsonParser parser, JsonToken end) throws IOException {
    return parser.currentToken() == end && parser.nextToken() == null;
  }

  private static void require(boolean holds, JsonParser parser, String expected)
      throws JsonParseException {
    if (!holds) {
      throw new JsonParseException(parser, "expected " + expected);
    }
  }
}
