package dev.daybook.cli.json;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A value in a line. Numbers keep their digits. */
public final class JsonValue {

  /** What kind of a value it is. */
  public enum Kind {
    MISSING("nothing"),
    NULL("null"),
    OBJECT("an object"),
    ARRAY("an array"),
    BOOLEAN("a boolean"),
    NUMBER("a number"),
    TEXT("text");

    private final String shown;

    Kind(String shown) {
      this.shown = shown;
    }

    @Override
    public String toString() {
      return shown;
    }
  }

  public static final JsonValue MISSING = new JsonValue(Kind.MISSING, "", 0);

  private final Kind kind;
  private final String text;
  private final int from;
  private int to;
  private final List<Map.Entry<String, JsonValue>> children = new ArrayList<>(0);

  /**
   * @param text of a text what it says, of another single value how it is written
   * @param from where it begins in the line's bytes
   */
  public JsonValue(Kind kind, String text, int from) {
    this.kind = kind;
    this.text = text;
    this.from = from;
  }

  public static Kind kindOf(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> Kind.OBJECT;
      case START_ARRAY -> Kind.ARRAY;
      case VALUE_STRING -> Kind.TEXT;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
      case VALUE_TRUE, VALUE_FALSE -> Kind.BOOLEAN;
      default -> Kind.NULL;
    };
  }

  public Kind kind() {
    return kind;
  }

  public String text() {
    return text;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  public void endsAt(int end) {
    to = end;
  }

  /** What is directly inside, by name; elements have no name. */
  public List<Map.Entry<String, JsonValue>> children() {
    return children;
  }

  /** Whether nothing is said: it is missing, null or an empty text. */
  public boolean isBlank() {
    return kind == Kind.MISSING || kind == Kind.NULL || (kind == Kind.TEXT && text.isEmpty());
  }

  /** Whether it is neither an array nor an object. */
  public boolean isSingle() {
    return kind != Kind.ARRAY && kind != Kind.OBJECT;
  }

  /** What it is, for a message. */
  public String shown() {
    return kind == Kind.TEXT && text.isEmpty() ? "empty text" : kind.toString();
  }
}
