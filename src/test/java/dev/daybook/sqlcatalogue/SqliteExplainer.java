package dev.daybook.sqlcatalogue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code EXPLAIN QUERY PLAN}. */
public final class SqliteExplainer implements Explainer {

  private final Connection connection;

  public SqliteExplainer(Connection connection) {
    this.connection = connection;
  }

  @Override
  public String dialect() {
    return "sqlite";
  }

  @Override
  public List<String> explain(String sql) {
    try (PreparedStatement explain = connection.prepareStatement("explain query plan " + sql)) {
      for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
        explain.setNull(i, Types.NULL);
      }
      try (ResultSet rows = explain.executeQuery()) {
        return steps(rows);
      }
    } catch (SQLException e) {
      throw new AssertionError("no plan for: " + sql, e);
    }
  }

  @Override
  public boolean isSearch(String step) {
    return step.startsWith("SEARCH ");
  }

  @Override
  public boolean isSuspect(String step) {
    return (step.startsWith("SCAN ") && !step.equals("SCAN CONSTANT ROW"))
        || step.contains("TEMP B-TREE")
        || step.contains("AUTOMATIC")
        || step.startsWith("LIST SUBQUERY")
        || step.startsWith("MATERIALIZE");
  }

  private static List<String> steps(ResultSet rows) throws SQLException {
    Map<Integer, Integer> depths = new HashMap<>();
    List<String> steps = new ArrayList<>();
    while (rows.next()) {
      int depth = depths.getOrDefault(rows.getInt("parent"), -1) + 1;
      depths.put(rows.getInt("id"), depth);
      steps.add("  ".repeat(depth) + rows.getString("detail"));
    }
    return steps;
  }
}
