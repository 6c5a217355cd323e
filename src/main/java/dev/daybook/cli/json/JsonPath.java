package dev.daybook.cli.json;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A JSON Pointer, in which {@code *} is every element of an array.
 *
 * @param text as it was given
 * @param segments the names or numbers, from the outermost
 * @param withChildren whether what is directly inside of an array or object there is read, too
 */
public record JsonPath(String text, List<String> segments, boolean withChildren) {

  private static final String EACH = "*";

  /** A tilde begins {@code ~0} or {@code ~1}. */
  private static final Pattern POINTER = Pattern.compile("(?:/(?:[^~/]|~[01])*+)*+");

  /**
   * The path that a JSON Pointer says.
   *
   * @throws IllegalArgumentException if the text is not a JSON Pointer
   */
  public static JsonPath compile(String text) {
    if (!POINTER.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    List<String> segments = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String segment : text.substring(1).split("/", -1)) {
        segments.add(segment.replace("~1", "/").replace("~0", "~"));
      }
    }
    return new JsonPath(text, List.copyOf(segments), false);
  }

  public JsonPath children() {
    return new JsonPath(text, segments, true);
  }

  public int length() {
    return segments.size();
  }

  /** Whether its segment at a depth, from 1, is this name. */
  public boolean hasName(int depth, String name) {
    return segments.get(depth - 1).equals(name);
  }

  /** Whether its segment at a depth, from 1, is the element of this number, from 0. */
  public boolean hasElement(int depth, int number) {
    String segment = segments.get(depth - 1);
    return segment.equals(EACH) || segment.equals(Integer.toString(number));
  }

  /** Whether there can be several values, by a segment up to a depth. */
  public boolean isManifold(int depth) {
    return segments.subList(0, depth).contains(EACH);
  }

  @Override
  public String toString() {
    return text;
  }
}
