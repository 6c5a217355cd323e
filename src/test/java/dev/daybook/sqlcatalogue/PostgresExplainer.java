package dev.daybook.sqlcatalogue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code EXPLAIN} of the plan that a prepared statement is given for any values. An index is named
 * together with the conditions that it is entered by; what it has no condition for is read from end
 * to end.
 */
public final class PostgresExplainer implements Explainer {

  private static final Pattern PLANNED =
      Pattern.compile("(?s)\\(?(select|insert|update|delete|with) .*");
  private static final Pattern INDEX =
      Pattern.compile("(Index (Only )?Scan( Backward)? using|Bitmap Index Scan on) .*");
  private static final Pattern SUSPECT =
      Pattern.compile(
          "(Parallel )?Seq Scan on .*|(Incremental )?Sort|Materialize|Memoize|Hash|(Hash|Mixed)Aggregate|WindowAgg|Gather( Merge)?");
  private static final String CONDITION = "Index Cond: ";
  private static final String ENTERED_BY = ": ";
  private static final String ARROW = "->";

  private static final Pattern PARAMETER = Pattern.compile("\\$\\d+");

  /** A part of a lock's key, which every database has another of. */
  private static final Pattern TABLE_ID = Pattern.compile("(?<=>> 16\\) = )'\\d+'::bigint");

  /** The same in the name of a setting. */
  private static final Pattern TABLE_ID_IN_NAME =
      Pattern.compile("(?<='daybook\\.begun_after_)\\d+");

  private final Connection connection;

  public PostgresExplainer(Connection connection) {
    this.connection = connection;
  }

  @Override
  public String dialect() {
    return "postgresql";
  }

  @Override
  public List<String> explain(String sql) {
    if (!PLANNED.matcher(sql).matches()) {
      return List.of();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("set plan_cache_mode = force_generic_plan");
      int parameters = prepare(statement, sql);
      try (ResultSet rows = statement.executeQuery(explained(parameters))) {
        return steps(rows);
      } finally {
        statement.execute("deallocate explained");
      }
    } catch (SQLException e) {
      throw new AssertionError("no plan for: " + sql, e);
    }
  }

  @Override
  public boolean isSearch(String step) {
    return INDEX.matcher(step).matches() && step.contains(ENTERED_BY);
  }

  @Override
  public boolean isSuspect(String step) {
    return SUSPECT.matcher(step).matches()
        || (INDEX.matcher(step).matches() && !step.contains(ENTERED_BY));
  }

  /** None of the statements has a question mark for anything but a parameter. */
  private static int prepare(Statement statement, String sql) throws SQLException {
    Matcher places = Pattern.compile("\\?").matcher(sql);
    StringBuilder numbered = new StringBuilder("prepare explained as ");
    int parameters = 0;
    while (places.find()) {
      parameters++;
      places.appendReplacement(numbered, "\\$" + parameters);
    }
    statement.execute(places.appendTail(numbered).toString());
    return parameters;
  }

  private static String explained(int parameters) {
    String values = String.join(", ", Collections.nCopies(parameters, "null"));
    return "explain (costs off) execute explained" + (parameters == 0 ? "" : "(" + values + ")");
  }

  private static List<String> steps(ResultSet rows) throws SQLException {
    List<String> steps = new ArrayList<>();
    Deque<Integer> columns = new ArrayDeque<>();
    while (rows.next()) {
      String line = rows.getString(1);
      String step = withoutNumbers(line.strip());
      if (step.startsWith(CONDITION)) {
        int last = steps.size() - 1;
        steps.set(last, steps.get(last) + ENTERED_BY + step.substring(CONDITION.length()));
      } else {
        steps.add(
            "  ".repeat(depth(columns, line.length() - line.stripLeading().length())) + node(step));
      }
    }
    return steps;
  }

  /** Without what differs by database, or by how many parameters stand before. */
  private static String withoutNumbers(String step) {
    String parameters = PARAMETER.matcher(step).replaceAll("?");
    String names = TABLE_ID_IN_NAME.matcher(parameters).replaceAll("events");
    return TABLE_ID.matcher(names).replaceAll("'events'");
  }

  /** How many of the lines above a line stands in, by the columns that they begin in. */
  private static int depth(Deque<Integer> columns, int column) {
    while (!columns.isEmpty() && columns.element() >= column) {
      columns.remove();
    }
    columns.push(column);
    return columns.size() - 1;
  }

  private static String node(String step) {
    return step.startsWith(ARROW) ? step.substring(ARROW.length()).strip() : step;
  }
}
