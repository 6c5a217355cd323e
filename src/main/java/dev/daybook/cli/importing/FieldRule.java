package dev.daybook.cli.importing;

import dev.daybook.cli.json.BadLine;
import dev.daybook.cli.json.JsonLine;
import dev.daybook.cli.json.JsonPath;
import dev.daybook.cli.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which text of a line becomes a part of its event: that of the first place that has one, else a
 * constant.
 *
 * @param places each one path, or several whose texts are joined
 * @param constant for lines in which no place has a text; {@code null} for none
 */
record FieldRule(List<List<JsonPath>> places, @Nullable String constant) {

  /** Between the paths of one place. */
  private static final String PLUS = "\\+(?=/)";

  private static final String JOINT = ".";

  /** The rule of one path. */
  static FieldRule at(JsonPath path) {
    return new FieldRule(List.of(List.of(path)), null);
  }

  /**
   * A place as it is given as an option: a pointer, or several such as {@code /event+/action}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static List<JsonPath> place(String text) {
    List<JsonPath> paths = Stream.of(text.split(PLUS, -1)).map(JsonPath::compile).toList();
    if (paths.stream().anyMatch(path -> path.length() == 0)) {
      // The line itself is an object, and no text.
      throw new IllegalArgumentException(text);
    }
    return paths;
  }

  boolean isGiven() {
    return !places.isEmpty() || constant != null;
  }

  Stream<JsonPath> paths() {
    return places.stream().flatMap(List::stream);
  }

  /**
   * The text.
   *
   * @throws BadLine if there is none, or something else
   */
  String textOf(JsonLine line) throws BadLine {
    Optional<String> text = find(line);
    if (text.isPresent()) {
      return text.get();
    }
    JsonPath last = places.get(places.size() - 1).get(0);
    throw new BadLine(
        "text or a number was expected at %s, and there is %s"
            .formatted(shown(), line.at(last).shown()),
        0);
  }

  /**
   * The text, if there is one.
   *
   * @throws BadLine if there is something that is not text or a number
   */
  Optional<String> find(JsonLine line) throws BadLine {
    for (List<JsonPath> place : places) {
      Optional<String> text = joined(place, line);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.ofNullable(constant);
  }

  private static Optional<String> joined(List<JsonPath> place, JsonLine line) throws BadLine {
    List<String> texts = new ArrayList<>(place.size());
    for (JsonPath path : place) {
      JsonValue value = line.at(path);
      if (value.isBlank()) {
        return Optional.empty();
      }
      if (value.kind() != JsonValue.Kind.TEXT && value.kind() != JsonValue.Kind.NUMBER) {
        throw new BadLine(
            "text or a number was expected at %s, and there is %s".formatted(path, value.shown()),
            0);
      }
      texts.add(value.text());
    }
    return Optional.of(String.join(JOINT, texts));
  }

  /** The places as they were given. */
  String shown() {
    return places.stream().map(FieldRule::shown).collect(Collectors.joining(" or "));
  }

  private static String shown(List<JsonPath> place) {
    return place.stream().map(JsonPath::text).collect(Collectors.joining("+"));
  }

  /** The options that this comes from. */
  String options(String name) {
    String given =
        places.stream()
            .map(place -> " --" + name + " " + shown(place))
            .collect(Collectors.joining());
    return constant == null ? given : given + " --" + name + "-is " + constant;
  }
}
