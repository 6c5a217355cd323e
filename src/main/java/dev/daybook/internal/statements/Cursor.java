package dev.daybook.internal.statements;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.error.DaybookException;
import dev.daybook.internal.deadlines.Deadline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Rows as a stream that holds its statement until it is closed or has been read to its end. */
public final class Cursor<T> extends AbstractSpliterator<T> {

  /** How much memory a piece has, which one row may exceed. */
  static final long PIECE_BYTES = 1 << 20;

  static final int LARGEST_PIECE = 2_048;

  /** How much larger than the piece before it a piece is at most. */
  private static final int GROWTH = 4;

  static final String NEXT_ROW = "the next row";

  private final Execution execution;
  private final ResultSet result;
  private final Row row;
  private final RowQuery<T> query;
  private final Runnable release;
  private final Deadline deadline = Deadline.current();
  private int piece = Execution.FIRST_PIECE;
  private int leftOfPiece = Execution.FIRST_PIECE;
  private long largest;
  private long bytesBefore;
  private boolean open = true;
  private @Nullable T first;

  private Cursor(Execution execution, ResultSet result, RowQuery<T> query, Runnable release) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.execution = execution;
    this.result = result;
    this.row = new Row(execution.session(), result);
    this.query = query;
    this.release = release;
  }

  /**
   * Runs a query, whose rows a driver that would otherwise fetch them all at once fetches in pieces
   * if it is in a transaction.
   *
   * @param release called once, when the statement is no longer needed; not if this throws
   */
  @MustBeClosed
  public static <T> Stream<T> open(Session session, RowQuery<T> query, Runnable release) {
    Cursor<T> cursor = begin(session, query, release);
    return StreamSupport.stream(cursor, false).onClose(cursor::close);
  }

  /**
   * The same, where a separate thread reads ahead in a long result. Nothing else may use the
   * session until the stream is closed. If it was watched, that ends; the next rows are watched one
   * by one.
   */
  @MustBeClosed
  public static <T> Stream<T> openAhead(Session session, RowQuery<T> query, Runnable release) {
    ReadAheadCursor<T> cursor = new ReadAheadCursor<>(begin(session, query, release));
    session.unwatch();
    return StreamSupport.stream(cursor, false).onClose(cursor::close);
  }

  private static <T> Cursor<T> begin(Session session, RowQuery<T> query, Runnable release) {
    Execution execution = session.prepare(query);
    try {
      ResultSet result = execution.open(query, true);
      Cursor<T> cursor = new Cursor<>(execution, result, query, release);
      if (query.firstAtOnce()) {
        cursor.readFirst();
      }
      return cursor;
    } catch (SQLException e) {
      DaybookException failure = execution.failure(e);
      Cleaning.after(failure, execution::close);
      throw failure;
    } catch (Throwable e) {
      Cleaning.after(e, execution::close);
      throw e;
    }
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    if (!open) {
      return false;
    }
    Deadline.requireNotInterrupted(NEXT_ROW);
    T value = first;
    try {
      if (value == null) {
        value = readInTime();
      } else {
        first = null;
      }
      if (value == null || !query.within().test(value)) {
        end();
        return false;
      }
      count();
    } catch (SQLException e) {
      throw execution.failure(e);
    }
    action.accept(value);
    return true;
  }

  /** Each row has as much time as the call that began the stream. */
  private @Nullable T readInTime() throws SQLException {
    if (!deadline.isLimited()) {
      return read();
    }
    execution.session().watch(deadline.again());
    try {
      return read();
    } catch (SQLException e) {
      throw execution.failure(e);
    } finally {
      execution.session().unwatch();
    }
  }

  private @Nullable T read() throws SQLException {
    return result.next() ? query.rows().read(row) : null;
  }

  private void readFirst() throws SQLException {
    try {
      first = read();
    } catch (Throwable e) {
      Cleaning.after(e, result::close);
      throw e;
    }
  }

  /**
   * The next piece has as many rows of the size of the largest in this one as fit into the memory
   * for a piece.
   */
  private void count() throws SQLException {
    largest = Math.max(largest, row.bytes() - bytesBefore);
    bytesBefore = row.bytes();
    leftOfPiece--;
    if (leftOfPiece == 0) {
      long fitting = PIECE_BYTES / Math.max(largest, 1);
      long most = Math.min((long) piece * GROWTH, LARGEST_PIECE);
      piece = (int) Math.max(1, Math.min(fitting, most));
      leftOfPiece = piece;
      largest = 0;
      result.setFetchSize(piece);
    }
  }

  /** How many bytes were read so far, about. */
  long bytes() {
    return row.bytes();
  }

  /** A driver may call that the end, too, that the rows were closed. */
  private void end() {
    try {
      execution.session().requireOpen();
    } finally {
      close();
    }
  }

  /** Cancels what another thread is reading; the connection is not used again. */
  void breakOff() {
    execution.session().breakOff("the thread that read this was interrupted");
  }

  void close() {
    if (open) {
      open = false;
      try (execution) {
        result.close();
      } catch (SQLException e) {
        throw execution.failure(e);
      } finally {
        release();
      }
    }
  }

  private void release() {
    if (deadline.isLimited()) {
      deadline
          .again()
          .bind(
              () -> {
                release.run();
                return true;
              });
    } else {
      release.run();
    }
  }
}
