package dev.daybook.maintenance.internal.verify;

import dev.daybook.internal.json.JsonFlaw;
import dev.daybook.internal.json.StoredJson;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether a text is JSON of the shape that its readers expect. */
final class JsonShapes {

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

  /** Why these bytes are not one JSON value in UTF-8; empty if they are. */
  static Optional<String> flaw(byte[] bytes) {
    return JsonFlaw.in(bytes).map(JsonFlaw::reason);
  }
}
