package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Knows of every connection, statement and result set that it has handed out whether it was closed.
 * Closing a connection closes its statements, says JDBC; so a store may keep statements until then,
 * but only one of each text, because more of them are leaks that grow. Who borrows a connection
 * must close each statement.
 */
public final class LeakCheckingDataSource extends DelegatingDataSource {

  private static final class Handed {
    final Class<?> type;
    final String what;
    final @Nullable Handed from;
    boolean closed;

    Handed(Class<?> type, String what, @Nullable Handed from) {
      this.type = type;
      this.what = what;
      this.from = from;
    }

    @Override
    public String toString() {
      return type.getSimpleName() + " " + what;
    }
  }

  private final boolean mayKeepStatements;
  private final List<Handed> handed = new ArrayList<>();

  private LeakCheckingDataSource(DataSource delegate, boolean mayKeepStatements) {
    super(delegate);
    this.mayKeepStatements = mayKeepStatements;
  }

  /** For a user who may leave statements to the connection's close, one of each text. */
  public static LeakCheckingDataSource keepingStatements(DataSource delegate) {
    return new LeakCheckingDataSource(delegate, true);
  }

  /** For a user who must close each statement. */
  public static LeakCheckingDataSource closingStatements(DataSource delegate) {
    return new LeakCheckingDataSource(delegate, false);
  }

  /** How many connections are handed out and not closed. */
  public synchronized long openConnections() {
    return handed.stream().filter(it -> it.type == Connection.class && !it.closed).count();
  }

  /** How many result sets are handed out and not closed. */
  public synchronized long openResultSets() {
    return handed.stream().filter(it -> it.type == ResultSet.class && !isOver(it)).count();
  }

  /** Fails if anything is left open. */
  public synchronized void requireNothingLeft() {
    assertThat(handed)
        .as("connections and result sets that were not closed")
        .filteredOn(it -> !Statement.class.isAssignableFrom(it.type))
        .allMatch(LeakCheckingDataSource::isOver);
    assertThat(handed)
        .as("statements that were not closed")
        .filteredOn(it -> Statement.class.isAssignableFrom(it.type) && !it.closed)
        .filteredOn(it -> !mayKeepStatements || !isFirstOfItsText(it))
        .isEmpty();
  }

  @Override
  protected Connection wrap(Connection connection) {
    return Connection.class.cast(
        track(connection, new Handed(Connection.class, "to the database", null)));
  }

  /** Closing a statement closes its result sets; leaving that to the connection is a leak. */
  private static boolean isOver(Handed it) {
    boolean ofResult = it.type == ResultSet.class && it.from != null;
    return it.closed || (ofResult && it.from != null && it.from.closed);
  }

  private boolean isFirstOfItsText(Handed statement) {
    Set<String> seen = new HashSet<>();
    for (Handed it : handed) {
      if (it.from == statement.from && !it.closed && seen.add(it.what) && it == statement) {
        return true;
      }
    }
    return false;
  }

  private Object track(Object target, Handed entry) {
    synchronized (this) {
      handed.add(entry);
    }
    return Proxy.newProxyInstance(
        LeakCheckingDataSource.class.getClassLoader(),
        new Class<?>[] {entry.type},
        (proxy, method, args) -> {
          // A connection that broke is given back too, though its close fails.
          if (method.getName().equals("close")) {
            synchronized (this) {
              entry.closed = true;
            }
          }
          Object result;
          try {
            result = method.invoke(target, args);
          } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
          }
          Class<?> type = method.getReturnType();
          boolean tracked = Statement.class.isAssignableFrom(type) || type == ResultSet.class;
          if (result == null || !tracked || method.getName().equals("getStatement")) {
            return result;
          }
          String text = args != null && args[0] instanceof String sql ? sql : entry.what;
          return track(result, new Handed(type, text, entry));
        });
  }
}
