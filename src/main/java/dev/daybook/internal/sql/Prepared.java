package dev.daybook.internal.sql;

import dev.daybook.DaybookException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Param;
import org.jspecify.annotations.Nullable;

/** One use of a statement on a session: set its parameters, run it, close it. */
public final class Prepared implements Parameters, AutoCloseable {

  /** How many rows are fetched first, before it is known how large they are. */
  static final int FIRST_PIECE = 256;

  private final Session session;
  private final Rendered rendered;
  private final PreparedStatement statement;
  private boolean kept;
  private boolean batched;
  private int rows;

  Prepared(Session session, Rendered rendered, PreparedStatement statement, boolean kept)
      throws SQLException {
    this.session = session;
    this.rendered = rendered;
    this.statement = statement;
    this.kept = kept;
    rendered.bindValues(statement);
  }

  @Override
  public <T> Prepared set(Param<T> param, @Nullable T value) {
    try {
      rendered.bind(statement, param, value);
      return this;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  public Prepared set(Param<Long> param, long value) {
    try {
      rendered.bind(statement, param, value);
      return this;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs a statement that writes, and says how many rows it wrote. */
  public int update() {
    try {
      session.announce(rendered);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs several statements as one text, and says how many rows one of them wrote. */
  int updateAt(int place) {
    try {
      runAll(place);
      return statement.getUpdateCount();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** They are all run before any result is there. */
  private void runAll(int place) throws SQLException {
    statement.execute();
    for (int before = 0; before < place; before++) {
      statement.getMoreResults();
    }
  }

  boolean has(Param<?> param) {
    return rendered.has(param);
  }

  /** What is set from now on is another row, for {@link #updateRows}. */
  public Prepared nextRow() {
    try {
      if (rows > 0) {
        batched = true;
        statement.addBatch();
      }
      rows++;
      return this;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs the statement once for each row, of which there may be none. */
  public void updateRows() {
    if (rows == 1) {
      update();
    } else if (rows > 1) {
      nextRow();
      updateBatch();
    }
    rows = 0;
  }

  private void updateBatch() {
    try {
      session.announce(rendered);
      statement.executeBatch();
      batched = false;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  public <T> Optional<T> first(RowReader<T> reader) {
    try (ResultSet result = query()) {
      return result.next() ? Optional.of(reader.read(new Row(session, result))) : Optional.empty();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  public <T> List<T> list(RowReader<T> reader) {
    try (ResultSet result = query()) {
      return list(result, reader);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs several statements as one text, and reads the rows of one of them. */
  <T> List<T> listAt(int place, RowReader<T> reader) {
    try {
      runAll(place);
      try (ResultSet result = statement.getResultSet()) {
        return list(result, reader);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private <T> List<T> list(ResultSet result, RowReader<T> reader) throws SQLException {
    Row row = new Row(session, result);
    List<T> rows = new ArrayList<>();
    while (result.next()) {
      rows.add(reader.read(row));
    }
    return rows;
  }

  /** Runs a query whose rows are read one by one. */
  ResultSet query() throws SQLException {
    session.announce(rendered);
    return statement.executeQuery();
  }

  /** The same, fetching some rows at a time. */
  ResultSet queryInPieces() throws SQLException {
    statement.setFetchSize(FIRST_PIECE);
    return query();
  }

  Session session() {
    return session;
  }

  /**
   * A failure of this in the library's own words. The statement is not used again: a driver may
   * have given it up by now, and not say so.
   */
  DaybookException failure(SQLException failure) {
    if (kept) {
      session.forget(rendered);
      kept = false;
    }
    return session.failure(failure);
  }

  /**
   * Leaves nothing in a statement that is kept: what was not run must not be run by its next use.
   */
  @Override
  public void close() {
    try {
      if (!kept) {
        statement.close();
      } else if (batched) {
        statement.clearBatch();
      }
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }
}
