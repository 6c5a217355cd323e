package dev.daybook.cli.importing;

import dev.daybook.cli.json.BadLine;
import dev.daybook.cli.json.JsonLine;
import dev.daybook.cli.json.JsonPath;
import dev.daybook.cli.json.JsonValue;
import java.util.List;
import java.util.Map;

/**
 * Where tags are: a text, an array of them, or what {@code *} finds. What is missing, null or empty
 * gives no tag.
 *
 * @param prefix before each tag
 */
record TagRule(String prefix, JsonPath path) {

  private static final String SEPARATOR = "=";

  /**
   * A rule as it is given as an option: a pointer, or a prefix and a pointer such as {@code
   * sender:=/sender/login}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static TagRule of(String text) {
    int separator = text.startsWith("/") ? -1 : text.indexOf(SEPARATOR);
    return new TagRule(
        separator < 0 ? "" : text.substring(0, separator),
        JsonPath.compile(text.substring(separator + 1)).children());
  }

  void addTo(List<String> tags, JsonLine line) throws BadLine {
    for (JsonValue value : line.all(path)) {
      if (value.kind() == JsonValue.Kind.ARRAY) {
        for (Map.Entry<String, JsonValue> element : value.children()) {
          add(tags, element.getValue());
        }
      } else {
        add(tags, value);
      }
    }
  }

  private void add(List<String> tags, JsonValue value) throws BadLine {
    if (!value.isSingle()) {
      throw new BadLine(
          "a tag or an array of tags was expected at %s, and there is %s"
              .formatted(path, value.shown()),
          0);
    }
    if (!value.isBlank()) {
      tags.add(prefix + value.text());
    }
  }

  @Override
  public String toString() {
    return prefix.isEmpty() ? path.text() : prefix + SEPARATOR + path;
  }
}
