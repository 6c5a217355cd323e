package dev.daybook.codec.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether two trees say the same. The order of an array's elements says nothing, because a set is
 * written as one.
 */
final class SameTree {

  private final Set<String> ignored;

  private SameTree(Set<String> ignored) {
    this.ignored = ignored;
  }

  /**
   * Whether they say the same.
   *
   * @param ignored names of properties that are not compared
   */
  static boolean isSame(JsonNode one, JsonNode other, Set<String> ignored) {
    try {
      require(one, other, ignored);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * @param ignored names of properties that are not compared
   * @throws IOException if they differ
   */
  static void require(JsonNode written, JsonNode read, Set<String> ignored) throws IOException {
    new SameTree(ignored).require(written, read, "it");
  }

  private void require(JsonNode written, JsonNode read, String where) throws IOException {
    if (written.isObject() && read.isObject()) {
      Set<String> names = new TreeSet<>();
      written.fieldNames().forEachRemaining(names::add);
      read.fieldNames().forEachRemaining(names::add);
      names.removeAll(ignored);
      for (String name : names) {
        require(written.path(name), read.path(name), where + "." + name);
      }
    } else if (written.isArray() && read.isArray() && written.size() == read.size()) {
      List<JsonNode> left = sorted(written);
      List<JsonNode> right = sorted(read);
      for (int i = 0; i < left.size(); i++) {
        require(left.get(i), right.get(i), where + "[]");
      }
    } else if (!isSame(written, read)) {
      throw new IOException(
          "%s is written as %s and read back as %s".formatted(where, shown(written), shown(read)));
    }
  }

  private static boolean isSame(JsonNode written, JsonNode read) {
    return written.equals(read)
        || (written.isNumber()
            && read.isNumber()
            && isFinite(written)
            && isFinite(read)
            && written.decimalValue().compareTo(read.decimalValue()) == 0);
  }

  private static boolean isFinite(JsonNode number) {
    return !number.isFloatingPointNumber()
        || number.isBigDecimal()
        || Double.isFinite(number.doubleValue());
  }

  private static List<JsonNode> sorted(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    elements.sort(Comparator.comparing(JsonNode::toString));
    return elements;
  }

  private static String shown(JsonNode node) {
    return node.isMissingNode()
        ? "nothing"
        : node.getNodeType().toString().toLowerCase(Locale.ROOT);
  }
}
