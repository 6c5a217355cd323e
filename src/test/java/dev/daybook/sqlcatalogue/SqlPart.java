package dev.daybook.sqlcatalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of a statement's text: a word, or parts that belong together. */
record SqlPart(boolean spaced, String word, Kind kind, List<SqlPart> parts) {

  enum Kind {
    WORD,
    /** What is in parentheses, without them. */
    PARENTHESES,
    /** From {@code case} to {@code end}, which are parts of it. */
    CASE
  }

  /** Quoted text is one token, with what it is joined to. */
  private static final Pattern TOKEN =
      Pattern.compile("(\\s*)([(),]|(?:'(?:[^']|'')*'|\"[^\"]*\"|[^\\s(),'\"])+)");

  /** Text in quotes. */
  static final Pattern QUOTED = Pattern.compile("'(?:[^']|'')*'|\"[^\"]*\"");

  static List<SqlPart> parse(String sql) {
    return parse(TOKEN.matcher(sql), "");
  }

  private static List<SqlPart> parse(Matcher tokens, String end) {
    List<SqlPart> parts = new ArrayList<>();
    while (tokens.find()) {
      boolean spaced = !tokens.group(1).isEmpty();
      String token = tokens.group(2);
      if (token.equals("(")) {
        parts.add(new SqlPart(spaced, "", Kind.PARENTHESES, parse(tokens, ")")));
      } else if (token.equals("case")) {
        List<SqlPart> inside = new ArrayList<>(List.of(ofWord(false, token)));
        inside.addAll(parse(tokens, "end"));
        parts.add(new SqlPart(spaced, "", Kind.CASE, inside));
      } else if (token.equals(")") || token.equals(end)) {
        if (token.equals("end")) {
          parts.add(ofWord(spaced, token));
        }
        return parts;
      } else {
        parts.add(ofWord(spaced, token));
      }
    }
    return parts;
  }

  private static SqlPart ofWord(boolean spaced, String word) {
    return new SqlPart(spaced, word, Kind.WORD, List.of());
  }

  boolean is(String other) {
    return word.equals(other);
  }

  /** The part on one line, without the space before it. */
  String flat() {
    return switch (kind) {
      case WORD -> word;
      case PARENTHESES -> "(" + flat(parts) + ")";
      case CASE -> flat(parts);
    };
  }

  static String flat(List<SqlPart> parts) {
    StringBuilder line = new StringBuilder();
    for (SqlPart part : parts) {
      line.append(part.spaced && line.length() > 0 ? " " : "").append(part.flat());
    }
    return line.toString();
  }
}
