package dev.daybook.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Has PostgreSQL run each query once more, with the same values, and tell how and at what cost. For
 * one thread at a time.
 */
public final class ExplainingDataSource extends DelegatingDataSource {

  /**
   * What was done for a query.
   *
   * @param sql its text
   * @param steps the kinds of steps, such as {@code Index Scan}
   * @param pages how many pages it went to, whether they were in memory or not
   */
  public record Explained(String sql, List<String> steps, long pages) {}

  /** Sets a parameter of a statement as it was set of another, at a place of its own. */
  private interface Parameter {
    void set(PreparedStatement statement, int place) throws Throwable;
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern STATEMENTS = Pattern.compile(";");

  private volatile @Nullable List<Explained> explained;

  public ExplainingDataSource(DataSource delegate) {
    super(delegate);
  }

  /** Explains the queries that run meanwhile. */
  public List<Explained> explain(Runnable work) {
    List<Explained> queries = new CopyOnWriteArrayList<>();
    explained = queries;
    try {
      work.run();
    } finally {
      explained = null;
    }
    return queries;
  }

  @Override
  protected Connection wrap(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            ExplainingDataSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> {
              Object result = invoke(connection, method, args);
              return result instanceof PreparedStatement statement
                      && args != null
                      && args[0] instanceof String sql
                  ? watched(connection, sql, statement)
                  : result;
            });
  }

  private PreparedStatement watched(
      Connection connection, String sql, PreparedStatement statement) {
    Map<Integer, Parameter> parameters = new HashMap<>();
    return (PreparedStatement)
        Proxy.newProxyInstance(
            ExplainingDataSource.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (proxy, method, args) -> {
              if (args != null && args.length == 2 && method.getName().startsWith("set")) {
                parameters.put(
                    (int) args[0],
                    (another, place) -> invoke(another, method, new Object[] {place, args[1]}));
              }
              List<Explained> queries = explained;
              if (queries != null
                  && List.of("execute", "executeQuery").contains(method.getName())) {
                explainEach(queries, connection, sql, parameters);
              }
              return invoke(statement, method, args);
            });
  }

  /** One text may be several statements, whose parameters are numbered all through. */
  private static void explainEach(
      List<Explained> queries, Connection connection, String text, Map<Integer, Parameter> all)
      throws Throwable {
    int before = 0;
    for (String sql : STATEMENTS.splitAsStream(text).toList()) {
      int count = (int) sql.chars().filter(each -> each == '?').count();
      queries.add(explain(connection, sql.strip(), all, before, count));
      before += count;
    }
  }

  private static Explained explain(
      Connection connection, String sql, Map<Integer, Parameter> all, int before, int count)
      throws Throwable {
    String explain = "explain (analyze, buffers, format json) " + sql;
    try (PreparedStatement statement = connection.prepareStatement(explain)) {
      for (int place = 1; place <= count; place++) {
        Objects.requireNonNull(all.get(before + place)).set(statement, place);
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return explained(sql, rows.getString(1));
      }
    }
  }

  private static Explained explained(String sql, String json) throws SQLException {
    try {
      JsonNode plan = JSON.readTree(json).get(0).get("Plan");
      long pages = plan.get("Shared Hit Blocks").asLong() + plan.get("Shared Read Blocks").asLong();
      return new Explained(sql, plan.findValuesAsText("Node Type"), pages);
    } catch (IOException e) {
      throw new SQLException("can't read the plan " + json, e);
    }
  }

  private static Object invoke(Object target, Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
