package dev.daybook.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was expected beside what was found, row by row. */
final class SideBySide {

  private static final String GAP = "   ";
  private static final int MOST_OF_A_CELL = 60;
  private static final int MOST_OF_A_VALUE = 500;

  /**
   * A row.
   *
   * @param expected its number among what was expected; -1 for nothing
   * @param found its number among what was found; -1 for nothing
   */
  private record Row(int expected, int found, boolean same) {}

  /** A line of the table. */
  private record Line(boolean same, String left, String right) {}

  private final List<Shown> expected;
  private final List<Shown> found;
  private final List<Row> rows = new ArrayList<>();
  private final boolean reordered;

  /**
   * @param same whether what was expected, by its number, is what was found, by its number
   */
  SideBySide(List<Shown> expected, List<Shown> found, BiPredicate<Integer, Integer> same) {
    this.expected = expected;
    this.found = found;
    align(same);
    this.reordered = expected.size() == found.size() && isReordered(same);
  }

  /** Of two objects that are not the same. */
  static SideBySide ofTwo(
      Object expected, JsonNode expectedContent, Object found, JsonNode foundContent) {
    return new SideBySide(
        List.of(Shown.of(expected.getClass().getSimpleName(), expectedContent)),
        List.of(Shown.of(found.getClass().getSimpleName(), foundContent)),
        (i, j) -> false);
  }

  boolean isSame() {
    return rows.stream().allMatch(Row::same);
  }

  /**
   * The first difference in one line.
   *
   * @param what what the rows are, such as "event"
   */
  String firstDifference(String what) {
    if (reordered) {
      boolean named = !all(expected, Shown::name).equals(all(found, Shown::name));
      Function<Shown, String> text = named ? Shown::name : Shown::line;
      return "in another order: expected %s; found %s"
          .formatted(all(expected, text), all(found, text));
    }
    Row row = rows.stream().filter(it -> !it.same()).findFirst().orElseThrow();
    String place =
        expected.size() == 1 && found.size() == 1
            ? what
            : what + " " + (1 + (row.expected() < 0 ? row.found() : row.expected()));
    return place + difference(shown(expected, row.expected()), shown(found, row.found()));
  }

  private static String all(List<Shown> all, Function<Shown, String> text) {
    return all.stream().map(text).collect(Collectors.joining(", "));
  }

  private static String difference(@Nullable Shown left, @Nullable Shown right) {
    if (left == null || right == null || !left.name().equals(right.name())) {
      return ": expected %s, found %s".formatted(name(left), name(right));
    }
    for (String path : paths(left, right)) {
      String expected = left.values().get(path);
      String found = right.values().get(path);
      if (!Objects.equals(expected, found)) {
        return " (%s): expected %s%s, found %s"
            .formatted(
                left.name(), path.isEmpty() ? "" : path + " ", value(expected), value(found));
      }
    }
    return " (%s): not equal, although both hold the same".formatted(left.name());
  }

  /** All rows in two columns, with a mark in front of each line that differs. */
  String table() {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(true, "expected", "found"));
    for (Row row : rows) {
      add(lines, row);
    }
    int width = lines.stream().mapToInt(line -> line.left().length()).max().orElseThrow();
    StringBuilder table = new StringBuilder();
    for (Line line : lines) {
      String left = line.left() + " ".repeat(width - line.left().length());
      table.append((line.same() ? "  " : "! ") + (left + GAP + line.right()).stripTrailing());
      table.append('\n');
    }
    return table.toString();
  }

  private void add(List<Line> lines, Row row) {
    Shown left = shown(expected, row.expected());
    Shown right = shown(found, row.found());
    lines.add(new Line(row.same(), heading(row.expected(), left), heading(row.found(), right)));
    for (String path : paths(left, right)) {
      String expectedValue = left == null ? null : left.values().get(path);
      String foundValue = right == null ? null : right.values().get(path);
      lines.add(
          new Line(
              row.same() || Objects.equals(expectedValue, foundValue),
              cell(path, expectedValue),
              cell(path, foundValue)));
    }
  }

  private static String heading(int number, @Nullable Shown shown) {
    return shown == null ? "-" : "%s %s".formatted(number + 1, shown.name());
  }

  private static String cell(String path, @Nullable String value) {
    return value == null
        ? ""
        : Shown.shortened("    " + Shown.labelled(path) + value, MOST_OF_A_CELL);
  }

  private static String name(@Nullable Shown shown) {
    return shown == null ? "nothing" : shown.name();
  }

  private static String value(@Nullable String value) {
    return value == null ? "nothing" : Shown.shortened(value, MOST_OF_A_VALUE);
  }

  private static Set<String> paths(@Nullable Shown one, @Nullable Shown other) {
    Set<String> paths = new LinkedHashSet<>();
    if (one != null) {
      paths.addAll(one.values().keySet());
    }
    if (other != null) {
      paths.addAll(other.values().keySet());
    }
    return paths;
  }

  private static @Nullable Shown shown(List<Shown> all, int number) {
    return number < 0 ? null : all.get(number);
  }

  /** What is the same stands side by side, as much as can; what is between is paired in order. */
  private void align(BiPredicate<Integer, Integer> same) {
    int[][] common = new int[expected.size() + 1][found.size() + 1];
    for (int i = expected.size() - 1; i >= 0; i--) {
      for (int j = found.size() - 1; j >= 0; j--) {
        common[i][j] =
            same.test(i, j)
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    int firstLeft = 0;
    int firstRight = 0;
    while (i < expected.size() && j < found.size()) {
      if (same.test(i, j)) {
        pair(firstLeft, i, firstRight, j);
        rows.add(new Row(i++, j++, true));
        firstLeft = i;
        firstRight = j;
      } else if (common[i + 1][j] >= common[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    pair(firstLeft, expected.size(), firstRight, found.size());
  }

  private void pair(int firstLeft, int endLeft, int firstRight, int endRight) {
    int left = firstLeft;
    int right = firstRight;
    while (left < endLeft || right < endRight) {
      rows.add(new Row(left < endLeft ? left : -1, right < endRight ? right : -1, false));
      left++;
      right++;
    }
  }

  private boolean isReordered(BiPredicate<Integer, Integer> same) {
    List<Integer> left = new ArrayList<>();
    for (int j = 0; j < found.size(); j++) {
      left.add(j);
    }
    for (int i = 0; i < expected.size(); i++) {
      int number = i;
      Optional<Integer> match = left.stream().filter(j -> same.test(number, j)).findFirst();
      if (match.isEmpty()) {
        return false;
      }
      left.remove(match.get());
    }
    return true;
  }
}
