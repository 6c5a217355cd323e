package dev.daybook.maintenance.internal.verify;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.internal.statements.Cursor;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.Session;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of a query, of which the next can be read before it is taken. */
final class Rows<T> implements AutoCloseable {

  private final Stream<Optional<T>> stream;
  private final Iterator<Optional<T>> iterator;
  private @Nullable T next;

  /**
   * @param reading has nothing for a row that is left out
   */
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // Closed with this.
  Rows(Session session, RowQuery<Optional<T>> reading) {
    this.stream = Cursor.open(session, reading, () -> {});
    this.iterator = stream.iterator();
  }

  /** The next row, which stays the next; {@code null} at the end. */
  @Nullable T peek() {
    while (next == null && iterator.hasNext()) {
      next = iterator.next().orElse(null);
    }
    return next;
  }

  /** Takes the next row; {@code null} at the end. */
  @Nullable T poll() {
    T row = peek();
    next = null;
    return row;
  }

  @Override
  public void close() {
    stream.close();
  }
}
