package dev.daybook.maintenance.internal.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.daybook.internal.json.StoredJson;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether a text is JSON of the shape that its readers expect. */
final class JsonShapes {

  private static final JsonFactory JSON = StoredJson.factory();

  private JsonShapes() {}

  /** The strings of a JSON array of strings; empty if it is not one. */
  static Optional<Set<String>> texts(String text) {
    try {
      return Optional.of(new LinkedHashSet<>(StoredJson.texts(text)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether this is a JSON object of texts. */
  static boolean isObjectOfTexts(String text) {
    try {
      Map<String, String> ignored = StoredJson.textsByName(text);
      return true;
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
      return json.nextToken() == null ? Optional.empty() : Optional.of("more follows after it");
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      return Optional.of(message.lines().findFirst().orElse(message));
    }
  }
}
