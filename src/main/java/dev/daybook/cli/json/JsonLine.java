package dev.daybook.cli.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.json.JsonFlaw;
import dev.daybook.internal.json.StoredJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One JSON value that the command line was given, with what is at some paths in it. Here alone is
 * decided what is accepted: UTF-8 without U+0000, one value, nested at most {@value
 * StoredJson#MAX_NESTING} levels deep, in at most {@value #MAX_BYTES} bytes. Names and numbers may
 * be as long as they fit.
 */
public final class JsonLine {

  /** The most bytes of an event's data, or of a document's record. */
  public static final int MAX_BYTES = 32 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  // The depth is counted here.
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final byte[] bytes;
  private final int maxNesting;
  private final List<JsonPath> paths;
  private final Map<JsonPath, List<JsonValue>> found = new HashMap<>();

  /** Of each path how many of its segments lead to the value that is being read. */
  private final int[] matched;

  /** Of each path the most segments that have led to a value so far. */
  private final int[] reached;

  /** The arrays and objects around the value that is being read that are at a path. */
  private final Deque<Open> open = new ArrayDeque<>();

  private int depth;

  private record Open(JsonValue value, int depth, boolean withChildren) {}

  private JsonLine(byte[] bytes, int maxNesting, Collection<JsonPath> wanted) {
    this.bytes = bytes;
    this.maxNesting = maxNesting;
    this.paths = List.copyOf(wanted);
    this.matched = new int[paths.size()];
    this.reached = new int[paths.size()];
  }

  /**
   * Reads an object.
   *
   * @throws BadLine if it is something else
   */
  public static JsonLine object(byte[] bytes, Collection<JsonPath> wanted) throws BadLine {
    return object(bytes, StoredJson.MAX_NESTING, wanted);
  }

  /** The same with another limit of levels. */
  public static JsonLine object(byte[] bytes, int maxNesting, Collection<JsonPath> wanted)
      throws BadLine {
    JsonLine line = new JsonLine(bytes, maxNesting, wanted);
    JsonToken root = line.parse();
    if (root != JsonToken.START_OBJECT) {
      throw new BadLine("a JSON object was expected, and this is " + JsonValue.kindOf(root), 1);
    }
    return line;
  }

  /**
   * JSON of any kind.
   *
   * @param what for the message, such as "the data"
   * @return the bytes without white space around them, and without the byte-order mark of UTF-8
   * @throws InvalidInputException if they are something else
   */
  public static byte[] requireJson(String what, byte[] bytes) {
    byte[] json = stripped(bytes);
    try {
      requireSize(json);
      new JsonLine(json, StoredJson.MAX_NESTING, List.of()).parse();
      return json;
    } catch (BadLine e) {
      throw refusal(what, e);
    }
  }

  /** The bytes without white space around them, and without the byte-order mark of UTF-8. */
  public static byte[] stripped(byte[] bytes) {
    int from = markLength(bytes);
    int to = bytes.length;
    while (from < to && isWhiteSpace(bytes[from])) {
      from++;
    }
    while (from < to && isWhiteSpace(bytes[to - 1])) {
      to--;
    }
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static boolean isWhiteSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  /**
   * Text.
   *
   * @param what for the message, such as a file's name
   * @return without the byte-order mark of UTF-8
   * @throws InvalidInputException if the bytes are not text in UTF-8; the message says where
   */
  public static String requireText(String what, byte[] bytes) {
    int from = markLength(bytes);
    byte[] text = from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length);
    Optional<JsonFlaw> flaw = JsonFlaw.inEncoding(text);
    if (flaw.isPresent()) {
      int at = (int) flaw.get().offset();
      int line = 1;
      int start = 0;
      for (int i = 0; i < at; i++) {
        if (text[i] == '\n') {
          line++;
          start = i + 1;
        }
      }
      JsonFlaw inLine = new JsonFlaw(flaw.get().reason(), at - start);
      throw new InvalidInputException(
          "%s: line %s, column %s: %s"
              .formatted(
                  what,
                  line,
                  inLine.columnIn(Arrays.copyOfRange(text, start, text.length)),
                  inLine.reason()));
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  private static int markLength(byte[] bytes) {
    return JsonFlaw.byteOrderMark(bytes).filter(JsonFlaw.UTF_8::equals).isPresent() ? 3 : 0;
  }

  /** A bad line where there is only one. */
  public static InvalidInputException refusal(String what, BadLine why) {
    return new InvalidInputException(
        "%s is not valid: %s%s"
            .formatted(
                what,
                why.column() == 0 ? "" : "column %s: ".formatted(why.column()),
                why.reason()));
  }

  public static void requireSize(byte[] bytes) throws BadLine {
    if (bytes.length > MAX_BYTES) {
      throw new BadLine("it is longer than %s bytes".formatted(MAX_BYTES), 0);
    }
  }

  /** The value at a path that was wanted. */
  public JsonValue at(JsonPath path) throws BadLine {
    List<JsonValue> all = all(path);
    if (all.size() > 1) {
      throw new BadLine(
          "one value was expected at %s, and there are %s".formatted(path, all.size()), 0);
    }
    return all.isEmpty() ? JsonValue.MISSING : all.get(0);
  }

  /** The values at a path that was wanted. */
  public List<JsonValue> all(JsonPath path) {
    return found.getOrDefault(path, List.of());
  }

  /** The bytes of a value. */
  public byte[] bytesOf(JsonValue value) {
    return Arrays.copyOfRange(bytes, value.from(), value.to());
  }

  /** The beginning of a value as it is written. */
  public String textOf(JsonValue value, int length) {
    int to = Math.min(value.to(), value.from() + length);
    return new String(bytes, value.from(), to - value.from(), StandardCharsets.UTF_8)
        + (to < value.to() ? "…" : "");
  }

  private JsonToken parse() throws BadLine {
    Optional<JsonFlaw> encoding = JsonFlaw.inEncoding(bytes);
    if (encoding.isPresent()) {
      throw new BadLine(encoding.get(), bytes);
    }
    try (JsonParser in = JSON.createParser(bytes)) {
      JsonToken root = in.nextToken();
      if (root == null) {
        throw new BadLine("it is empty; expected JSON", 0);
      }
      read(root, in);
      while (depth > 0) {
        read(in.nextToken(), in);
      }
      if (in.nextToken() != null) {
        throw flaw("more follows after it", in);
      }
      return root;
    } catch (IOException | RuntimeException e) {
      // Whatever the bytes are, they are a bad line, and no failure of an import.
      throw new BadLine(JsonFlaw.of(e), bytes);
    }
  }

  private void read(JsonToken token, JsonParser in) throws IOException, BadLine {
    if (token.isStructEnd()) {
      depth--;
      leave(in);
    } else if (token != JsonToken.FIELD_NAME) {
      enter(token, in);
      if (token.isStructStart()) {
        depth++;
        requireDepth(in);
      } else {
        leave(in);
      }
    }
  }

  private void requireDepth(JsonParser in) throws BadLine {
    if (depth > maxNesting) {
      throw flaw("it is nested more than %s levels deep".formatted(maxNesting), in);
    }
  }

  /** A value begins: keeps it, if it is at a path. */
  private void enter(JsonToken token, JsonParser in) throws IOException, BadLine {
    JsonStreamContext context = in.getParsingContext();
    JsonStreamContext parent = token.isStructStart() ? context.getParent() : context;
    Open around = open.peek();
    JsonValue value = null;
    boolean withChildren = false;
    for (int i = 0; i < matched.length; i++) {
      JsonPath path = paths.get(i);
      if (isOn(path, i, parent)) {
        requireOnce(path, i, in);
        matched[i] = depth;
        if (path.length() == depth) {
          value = value == null ? value(token, in) : value;
          withChildren |= path.withChildren();
          found.computeIfAbsent(path, p -> new ArrayList<>(1)).add(value);
        }
      }
    }
    if (around != null && around.withChildren() && around.depth() == depth - 1) {
      value = value == null ? value(token, in) : value;
      around.value().children().add(Map.entry(nameIn(parent), value));
    }
    if (value != null) {
      open.push(new Open(value, depth, withChildren));
    }
  }

  /** The value that began at this depth ends. */
  private void leave(JsonParser in) throws IOException {
    for (int i = 0; i < matched.length; i++) {
      if (matched[i] == depth && depth > 0) {
        matched[i] = depth - 1;
      }
    }
    Open last = open.peek();
    if (last != null && last.depth() == depth) {
      in.finishToken();
      last.value().endsAt((int) in.currentLocation().getByteOffset());
      open.pop();
    }
  }

  private boolean isOn(JsonPath path, int number, JsonStreamContext parent) {
    if (depth == 0) {
      return true;
    }
    if (matched[number] != depth - 1 || path.length() < depth) {
      return false;
    }
    return parent.inArray()
        ? path.hasElement(depth, parent.getCurrentIndex())
        : path.hasName(depth, nameIn(parent));
  }

  /** Readers of JSON differ in which value of a repeated name they take. */
  private void requireOnce(JsonPath path, int number, JsonParser in) throws BadLine {
    if (depth > 0 && reached[number] >= depth && !path.isManifold(depth)) {
      throw flaw("there is a second value at %s, or at a part of it".formatted(path), in);
    }
    reached[number] = Math.max(reached[number], depth);
  }

  private static String nameIn(JsonStreamContext parent) {
    String name = parent.getCurrentName();
    return name == null ? "" : name;
  }

  private static JsonValue value(JsonToken token, JsonParser in) throws IOException {
    return new JsonValue(
        JsonValue.kindOf(token),
        token.isScalarValue() ? in.getText() : "",
        (int) in.currentTokenLocation().getByteOffset());
  }

  private BadLine flaw(String reason, JsonParser in) {
    return new BadLine(new JsonFlaw(reason, in.currentTokenLocation().getByteOffset()), bytes);
  }
}
