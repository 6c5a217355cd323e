package dev.daybook.maintenance.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.daybook.internal.json.StoredJson;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Whether text is JSON of the shape that it should have. */
final class JsonShapes {

  private static final JsonFactory JSON = StoredJson.factory();

  private JsonShapes() {}

  /** The texts of a JSON array of texts; empty if it is none. */
  static Optional<Set<String>> texts(String text) {
    Set<String> texts = new LinkedHashSet<>();
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        texts.add(json.getText());
      }
      boolean whole = json.currentToken() == JsonToken.END_ARRAY && json.nextToken() == null;
      return whole ? Optional.of(texts) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether this is a JSON object whose values are texts, or numbers too. */
  static boolean isFlatObject(String text, boolean numbers) {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        JsonToken value = json.nextToken();
        if (value != JsonToken.VALUE_STRING && !(numbers && value.isNumeric())) {
          return false;
        }
      }
      return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  /** Why these bytes are not one JSON value; empty if they are. */
  static Optional<String> flaw(byte[] bytes) {
    try (JsonParser json = JSON.createParser(bytes)) {
      if (json.nextToken() == null) {
        return Optional.of("it is empty");
      }
      json.skipChildren();
      return json.nextToken() == null ? Optional.empty() : Optional.of("more follows behind it");
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      return Optional.of(message.lines().findFirst().orElse(message));
    }
  }
}
