package dev.daybook.sqlcatalogue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement's text for people: each clause on a line of its own, and nothing else changed. */
final class SqlText {

  private static final Pattern BEFORE_CLAUSE =
      Pattern.compile(
          "(?<!between \\?)(?<!^delete|epoch|distinct|left|outer|cross) (?=(from|(left outer |left |cross )?join|union all|where|and|order by|limit|offset|fetch next|values|set|on conflict|do update|returning) )"
              + "|(?<=\\()(?=select )"
              + "|\\R *");

  private SqlText() {}

  static String lines(String sql) {
    StringBuilder text = new StringBuilder();
    Matcher clause = BEFORE_CLAUSE.matcher(sql);
    int depth = 0;
    int from = 0;
    while (clause.find()) {
      String line = sql.substring(from, clause.start());
      depth += opened(line);
      text.append(line).append('\n').append("  ".repeat(depth));
      from = clause.end();
    }
    return text.append(sql.substring(from)).toString().strip();
  }

  private static int opened(String line) {
    return line.chars().map(c -> c == '(' ? 1 : c == ')' ? -1 : 0).sum();
  }
}
