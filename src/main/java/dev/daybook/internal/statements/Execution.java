package dev.daybook.internal.statements;

import dev.daybook.error.DaybookException;
import dev.daybook.internal.deadlines.Deadline;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Param;
import org.jspecify.annotations.Nullable;

/** One use of a script on a session: set its parameters, run it, close it. */
public final class Execution implements AutoCloseable {

  /** How many rows are fetched first, before it is known how large they are. */
  static final int FIRST_PIECE = 16;

  private final Session session;
  private final Script script;
  private final List<SqlText> texts;
  private final List<PreparedStatement> statements;

  /** Whether all statements are sent as one text. */
  private final boolean joined;

  private final boolean commits;
  private boolean kept;
  private boolean begun;
  private boolean batched;
  private int rows;

  /**
   * @param texts what is sent: a text for each statement, or one for all of them
   * @param commits whether they are a transaction by themselves, which has to be begun for them; if
   *     all are sent as one text, that ends with the commit
   * @param kept whether the session keeps the statements prepared
   */
  Execution(Session session, Script script, List<SqlText> texts, boolean commits, boolean kept) {
    this.session = session;
    this.script = script;
    this.texts = texts;
    this.statements = new ArrayList<>(texts.size());
    this.joined = texts.size() < script.statements().size();
    this.commits = commits;
    this.kept = kept;
  }

  /** Adds the statement of the next text. */
  void add(PreparedStatement statement) throws SQLException {
    SqlText text = texts.get(statements.size());
    statements.add(statement);
    text.bindValues(statement);
  }

  /** Sets a parameter wherever it stands; it must stand somewhere. */
  public <T> Execution set(Param<T> param, @Nullable T value) {
    return bind(param, value);
  }

  /** Sets numbers, none of which is NULL, wherever they stand; they must stand somewhere. */
  public Execution set(Param<Long[]> param, long[] values) {
    return bind(param, values);
  }

  /** Sets a number wherever it stands; it must stand somewhere. */
  public Execution set(Param<Long> param, long value) {
    try {
      boolean found = false;
      for (int i = 0; i < statements.size(); i++) {
        found |= texts.get(i).bind(statements.get(i), param, value);
      }
      return requireFound(found);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private Execution bind(Param<?> param, @Nullable Object value) {
    try {
      boolean found = false;
      for (int i = 0; i < statements.size(); i++) {
        found |= texts.get(i).bind(statements.get(i), param, value);
      }
      return requireFound(found);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private Execution requireFound(boolean found) {
    if (!found) {
      throw new IllegalArgumentException("no such parameter in: " + script);
    }
    return this;
  }

  /** Runs a script that writes, and says how many rows its last statement wrote. */
  public int update() {
    try {
      PreparedStatement last = runToLast(Look.NONE);
      int written = joined ? last.getUpdateCount() : last.executeUpdate();
      commit();
      return written;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs a script for what it does, whether it returns rows or not. */
  public void run() {
    try {
      PreparedStatement last = runToLast(Look.NONE);
      if (!joined) {
        last.execute();
      }
      commit();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs a script, and reads the first row of its last statement. */
  public <T> Optional<T> first(RowReader<T> reader) {
    try {
      Optional<T> first;
      PreparedStatement last = runToLast(Look.NONE);
      try (ResultSet result = joined ? last.getResultSet() : last.executeQuery()) {
        first =
            result.next() ? Optional.of(reader.read(new Row(session, result))) : Optional.empty();
      }
      commit();
      return first;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs a script, and reads the rows of its last statement. */
  public <T> List<T> list(RowReader<T> reader) {
    try {
      List<T> all;
      PreparedStatement last = runToLast(Look.NONE);
      try (ResultSet result = joined ? last.getResultSet() : last.executeQuery()) {
        all = Row.all(session, result, reader, value -> true);
      }
      commit();
      return all;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Reads the result of a statement before the last. */
  private interface Look {

    Look NONE = statement -> {};

    void at(PreparedStatement statement) throws SQLException;
  }

  /**
   * Begins the transaction, if there is to be one, and runs all statements before the last.
   *
   * @return the last, which is still to be run, unless all are one text: then it is at its result
   */
  private PreparedStatement runToLast(Look look) throws SQLException {
    if (commits) {
      session.begin();
      begun = true;
    }
    PreparedStatement last = statements.get(statements.size() - 1);
    if (joined) {
      script.statements().forEach(each -> session.announce(each.sql()));
      last.execute();
      for (int next = 1; next < script.statements().size(); next++) {
        look.at(last);
        last.getMoreResults();
      }
      return last;
    }
    for (int i = 0; i < statements.size() - 1; i++) {
      session.announce(texts.get(i).sql());
      statements.get(i).execute();
      look.at(statements.get(i));
    }
    session.announce(texts.get(texts.size() - 1).sql());
    return last;
  }

  /** Ends the transaction that was begun. */
  private void commit() throws SQLException {
    if (begun) {
      begun = false;
      session.endTransaction();
    }
  }

  /** What is set from now on is another row, for {@link #updateRows}. */
  public Execution nextRow() {
    try {
      if (rows > 0) {
        batched = true;
        statements.get(0).addBatch();
      }
      rows++;
      return this;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs the only statement once for each row, of which there may be none. */
  public void updateRows() {
    if (rows == 0) {
      return;
    }
    try {
      PreparedStatement only = statements.get(0);
      session.announce(texts.get(0).sql());
      if (rows == 1) {
        only.executeUpdate();
      } else {
        batched = true;
        only.addBatch();
        only.executeBatch();
        batched = false;
      }
      rows = 0;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Reads all rows of a query. */
  <T> List<T> list(RowQuery<T> query) {
    try (ResultSet result = open(query, false)) {
      return Row.all(
          session,
          result,
          row -> {
            Deadline.requireNotInterrupted(Cursor.NEXT_ROW);
            return query.rows().read(row);
          },
          query.within());
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /**
   * Runs a query whose rows are read one by one, after it has passed on the answers to the
   * questions before it.
   *
   * @param inPieces whether some rows at a time are to be fetched
   */
  ResultSet open(RowQuery<?> query, boolean inPieces) throws SQLException {
    if (inPieces) {
      statements.get(statements.size() - 1).setFetchSize(FIRST_PIECE);
    }
    PreparedStatement last = runToLast(before -> handOver(before, query));
    return joined ? last.getResultSet() : last.executeQuery();
  }

  private void handOver(PreparedStatement before, RowQuery<?> query) throws SQLException {
    try (ResultSet answer = before.getResultSet()) {
      Optional<Row> row = answer.next() ? Optional.of(new Row(session, answer)) : Optional.empty();
      query.answered().accept(session, row);
    }
  }

  Session session() {
    return session;
  }

  /**
   * A failure of this as an exception of the library. The statements are not used again: a driver
   * may have given them up by now, and not say so.
   */
  DaybookException failure(SQLException failure) {
    giveUp();
    return session.failure(failure);
  }

  private void giveUp() {
    if (kept) {
      texts.forEach(session.statements()::forget);
      kept = false;
    }
  }

  /**
   * Rolls back the transaction that was begun for this and has not ended, and leaves nothing in a
   * statement that is kept: what was not run must not be run by its next use.
   */
  @Override
  public void close() {
    try {
      if (begun) {
        session.giveUpTransaction();
      }
    } finally {
      closeStatements();
    }
  }

  private void closeStatements() {
    if (!kept) {
      Cleaning.all(statements.stream().<Runnable>map(each -> () -> close(each)).toList());
    } else if (batched) {
      clearBatch();
    }
  }

  private void close(PreparedStatement statement) {
    try {
      session.statements().close(statement);
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  private void clearBatch() {
    try {
      statements.get(0).clearBatch();
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }
}
