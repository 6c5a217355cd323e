package dev.daybook.cli.importing.foreign.sources;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.json.JsonFlaw;
import dev.daybook.internal.json.StoredJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON that a source has stored. */
final class JsonParts {

  private static final JsonFactory FACTORY = StoredJson.factory();
  private static final ObjectReader TREE =
      new JsonMapper(StoredJson.factory())
          .reader()
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonParts() {}

  /**
   * Makes sure that bytes are one JSON value in UTF-8.
   *
   * @throws InvalidInputException if they are not UTF-8
   * @throws IOException if they are not JSON
   */
  static void requireJson(byte[] json) throws IOException {
    String text = text(json);
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new InvalidInputException("it is empty; expected JSON");
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw new InvalidInputException("there is more after its JSON");
      }
    }
  }

  /**
   * The text at the first pointer that leads to one.
   *
   * @return {@code null} if none does
   */
  static @Nullable String textAt(byte[] json, List<JsonPointer> pointers) throws IOException {
    for (JsonPointer pointer : pointers) {
      String found = textAt(json, pointer);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Reads no more of the JSON than it has to. */
  private static @Nullable String textAt(byte[] json, JsonPointer pointer) throws IOException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      JsonPointer left = pointer;
      JsonToken token = parser.nextToken();
      while (token != null && !left.matches()) {
        token = child(parser, token, left);
        left = left.tail();
      }
      return token == JsonToken.VALUE_STRING ? parser.getText() : null;
    }
  }

  /** Goes to the child that a pointer begins with; {@code null} if there is none. */
  private static @Nullable JsonToken child(JsonParser parser, JsonToken token, JsonPointer pointer)
      throws IOException {
    if (token == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals(pointer.getMatchingProperty())) {
          return value;
        }
        parser.skipChildren();
      }
    } else if (token == JsonToken.START_ARRAY) {
      JsonToken value = parser.nextToken();
      for (int i = 0; value != null && value != JsonToken.END_ARRAY; i++) {
        if (i == pointer.getMatchingIndex()) {
          return value;
        }
        parser.skipChildren();
        value = parser.nextToken();
      }
    }
    return null;
  }

  /** Reads a text as a tree. */
  static JsonNode tree(String json) throws IOException {
    JsonNode tree = TREE.readTree(json);
    if (tree.isMissingNode()) {
      throw new InvalidInputException("it is empty; expected JSON");
    }
    return tree;
  }

  /** The members of an object as texts: a text as it is, all else as JSON. */
  static Map<String, String> texts(String json) throws IOException {
    JsonNode tree = tree(json);
    Map<String, String> texts = new LinkedHashMap<>();
    if (tree.isNull()) {
      return texts;
    }
    if (!tree.isObject()) {
      throw new InvalidInputException("the metadata is not a JSON object");
    }
    tree.properties()
        .forEach(
            member -> {
              JsonNode value = member.getValue();
              if (!value.isNull()) {
                texts.put(
                    member.getKey(), value.isTextual() ? value.textValue() : value.toString());
              }
            });
    return texts;
  }

  /**
   * Bytes as text.
   *
   * @throws InvalidInputException if they are not UTF-8
   */
  static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("it is not text in UTF-8");
    }
  }

  /** What is wrong with JSON, in one line. */
  static String problem(IOException failure) {
    return failure instanceof JsonProcessingException
        ? JsonFlaw.of(failure).reason()
        : "it is not valid JSON: " + failure.getMessage();
  }
}
