package dev.daybook.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An object as a failure shows it.
 *
 * @param name what it is, such as an event's type
 * @param values what it holds, by the paths of its fields
 */
record Shown(String name, Map<String, String> values) {

  private static final int MOST_OF_A_LINE = 200;

  static Shown of(String name, JsonNode tree) {
    return new Shown(name, FieldTree.values(tree));
  }

  /** This with one more value. */
  Shown with(String path, String value) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(path, value);
    return new Shown(name, more);
  }

  /** In one line. */
  String line() {
    StringBuilder line = new StringBuilder(name);
    values.forEach((path, value) -> line.append(' ').append(labelled(path)).append(value));
    return shortened(line.toString(), MOST_OF_A_LINE);
  }

  /** A path in front of its value; nothing for an object that is a single value. */
  static String labelled(String path) {
    return path.isEmpty() ? "" : path + ": ";
  }

  /** A place in the code, without the class loader's name and the module's. */
  static String place(StackTraceElement frame) {
    return "%s.%s(%s:%s)"
        .formatted(
            frame.getClassName(),
            frame.getMethodName(),
            frame.getFileName(),
            frame.getLineNumber());
  }

  static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
