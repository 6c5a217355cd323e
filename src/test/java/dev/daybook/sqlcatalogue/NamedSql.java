package dev.daybook.sqlcatalogue;

import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.ScriptParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.Param;
import org.jspecify.annotations.Nullable;

/**
 * A statement with a name in each place of a parameter. The same parameter has the same name
 * wherever it stands; another one that is called the same has a number.
 */
final class NamedSql {

  private static final Pattern QUOTED_OR_PLACE = Pattern.compile(SqlPart.QUOTED.pattern() + "|\\?");
  private static final Pattern QUOTED_OR_NAME =
      Pattern.compile("(" + SqlPart.QUOTED.pattern() + ")|(?<!:):[a-z][a-z_0-9]*");

  /** A column before a place that it is compared with, or a place in a list. */
  private static final Pattern COLUMN =
      Pattern.compile("\\b(\\w+)\"?( \\|\\| ''\\))? ([-=<>]|<=|>=|in \\((:\\w+, )*)\\s*\\(?$");

  /** A word before a place that says what it is. */
  private static final Pattern LIMIT = Pattern.compile("(limit|fetch next|offset) $");

  private final String sql;
  private final IdentityHashMap<Param<?>, String> names = new IdentityHashMap<>();
  private final Map<String, Integer> used = new HashMap<>();
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final String text;

  NamedSql(Script script, ParameterNames known) {
    this.sql = script.sql();
    List<Param<?>> params = ScriptParameters.of(script);
    StringBuilder named = new StringBuilder();
    Matcher places = QUOTED_OR_PLACE.matcher(sql);
    List<Param<?>> left = new ArrayList<>(params);
    int from = 0;
    while (places.find()) {
      if (places.group().equals("?")) {
        named.append(sql, from, places.start());
        String name = name(left.remove(0), named.toString(), known);
        named.append(':').append(name);
        from = places.end();
      }
    }
    if (!left.isEmpty()) {
      throw new AssertionError("%d parameters have no place in: %s".formatted(left.size(), sql));
    }
    this.text = named.append(sql.substring(from)).toString();
  }

  private String name(Param<?> param, String before, ParameterNames known) {
    return names.computeIfAbsent(
        param,
        unnamed -> {
          String name = known.of(param);
          String called = name == null ? nameByPlace(before) : name;
          int number = used.merge(called, 1, Integer::sum);
          String unique = number == 1 ? called : called + "_" + number;
          Object value = param.getValue();
          if (value != null) {
            values.put(unique, value);
          }
          return unique;
        });
  }

  private String nameByPlace(String before) {
    Matcher limit = LIMIT.matcher(before);
    Matcher column = COLUMN.matcher(before);
    if (before.endsWith(" + ")) {
      return "increment";
    }
    if (limit.find()) {
      return limit.group(1).equals("offset") ? "offset" : "limit";
    }
    if (column.find()) {
      return column.group(1);
    }
    throw new AssertionError("nothing names the next parameter in: " + before);
  }

  /** What runs. */
  String sql() {
    return sql;
  }

  /** The same with names for the places. */
  String text() {
    return text;
  }

  /** The values of those parameters that have always the same. */
  Map<String, Object> values() {
    return values;
  }

  /** What runs, of a text with names, but for the space between words. */
  static String places(String text) {
    return QUOTED_OR_NAME
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(found.group(1) == null ? "?" : found.group(1)));
  }

  /** A text without the space between words, to be compared. */
  static String withoutSpace(String text) {
    return Pattern.compile("(" + SqlPart.QUOTED.pattern() + ")|\\s+")
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(orNothing(found.group(1))));
  }

  private static String orNothing(@Nullable String quoted) {
    return quoted == null ? "" : quoted;
  }
}
