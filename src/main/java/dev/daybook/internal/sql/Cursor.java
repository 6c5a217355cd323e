package dev.daybook.internal.sql;

import com.google.errorprone.annotations.MustBeClosed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Rows as a stream that holds its statement until it is closed or has been read to its end. */
public final class Cursor<T> extends AbstractSpliterator<T> {

  private final Prepared prepared;
  private final ResultSet result;
  private final Row row;
  private final RowReader<T> reader;
  private final Runnable release;
  private boolean open = true;

  private Cursor(Prepared prepared, ResultSet result, RowReader<T> reader, Runnable release) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.prepared = prepared;
    this.result = result;
    this.row = new Row(prepared.session(), result);
    this.reader = reader;
    this.release = release;
  }

  /**
   * Runs a query, whose rows a driver that would otherwise fetch them all at once fetches in pieces
   * if it is in a transaction.
   *
   * @param release called once, when the statement is no longer needed
   */
  @MustBeClosed
  public static <T> Stream<T> open(Prepared prepared, RowReader<T> reader, Runnable release) {
    try {
      Cursor<T> cursor = new Cursor<>(prepared, prepared.queryInPieces(), reader, release);
      return StreamSupport.stream(cursor, false).onClose(cursor::close);
    } catch (SQLException e) {
      throw prepared.session().failure(e);
    }
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    if (!open) {
      return false;
    }
    T value;
    try {
      if (!result.next()) {
        close();
        return false;
      }
      value = reader.read(row);
    } catch (SQLException e) {
      throw prepared.session().failure(e);
    }
    action.accept(value);
    return true;
  }

  private void close() {
    if (open) {
      open = false;
      try {
        result.close();
        prepared.close();
      } catch (SQLException e) {
        throw prepared.session().failure(e);
      } finally {
        release.run();
      }
    }
  }
}
