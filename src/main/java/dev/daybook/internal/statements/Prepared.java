package dev.daybook.internal.statements;

import dev.daybook.error.DaybookException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.Param;
import org.jspecify.annotations.Nullable;

/** One use of a statement on a session: set its parameters, run it, close it. */
public final class Prepared implements Parameters, AutoCloseable {

  /** How many rows are fetched first, before it is known how large they are. */
  static final int FIRST_PIECE = 16;

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

  @Override
  public Prepared set(Param<Long> param, long value) {
    try {
      rendered.bind(statement, param, value);
      return this;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public Prepared set(Param<Long[]> param, long[] values) {
    try {
      rendered.bind(statement, param, (Object) values);
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

  /** Runs a statement for what it does, whether it returns rows or not. */
  public void run() {
    try {
      session.announce(rendered);
      statement.execute();
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
    try (ResultSet result = query(false)) {
      return result.next() ? Optional.of(reader.read(new Row(session, result))) : Optional.empty();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  public <T> List<T> list(RowReader<T> reader) {
    try (ResultSet result = query(false)) {
      return Row.all(session, result, reader, value -> true);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs several statements as one text, and reads the rows of one of them. */
  <T> List<T> listAt(int place, RowReader<T> reader) {
    try {
      runAll(place);
      try (ResultSet result = statement.getResultSet()) {
        return Row.all(session, result, reader, value -> true);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /**
   * Runs a query whose rows are read one by one.
   *
   * @param inPieces whether some rows at a time are to be fetched
   */
  ResultSet query(boolean inPieces) throws SQLException {
    fetch(inPieces);
    session.announce(rendered);
    return statement.executeQuery();
  }

  /** Runs a query for its first row. */
  void ask(Consumer<Optional<Row>> answered) {
    try (ResultSet result = query(false)) {
      answer(result, answered);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /**
   * Runs a query and a question as one text.
   *
   * @param place whether the query is the first or the second
   */
  ResultSet queryJoined(int place, boolean inPieces, Consumer<Optional<Row>> answered)
      throws SQLException {
    fetch(inPieces);
    statement.execute();
    ResultSet first = statement.getResultSet();
    try {
      statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
      ResultSet second = statement.getResultSet();
      try (ResultSet question = place == 0 ? second : first) {
        answer(question, answered);
      }
      return place == 0 ? first : second;
    } catch (Throwable e) {
      Cleaning.after(e, first::close);
      throw e;
    }
  }

  private void answer(ResultSet result, Consumer<Optional<Row>> answered) throws SQLException {
    answered.accept(result.next() ? Optional.of(new Row(session, result)) : Optional.empty());
  }

  private void fetch(boolean inPieces) throws SQLException {
    if (inPieces) {
      statement.setFetchSize(FIRST_PIECE);
    }
  }

  /**
   * A failure of this in the library's own words. The statement is not used again: a driver may
   * have given it up by now, and not say so.
   */
  private DaybookException failure(SQLException failure) {
    giveUp();
    return session.failure(failure);
  }

  void giveUp() {
    if (kept) {
      session.forget(rendered);
      kept = false;
    }
  }

  /**
   * Leaves nothing in a statement that is kept: what was not run must not be run by its next use.
   */
  @Override
  public void close() {
    try {
      if (!kept) {
        session.close(statement);
      } else if (batched) {
        statement.clearBatch();
      }
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }
}
