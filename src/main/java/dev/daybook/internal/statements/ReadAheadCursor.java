package dev.daybook.internal.statements;

import dev.daybook.error.WaitInterruptedException;
import dev.daybook.internal.deadlines.Deadline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The values of a cursor, of which those of a long result are read in pieces: a separate thread
 * reads the next piece while one is processed. So the database and the decoding of rows work at the
 * same time. Memory holds two pieces besides what the driver has fetched. The values before a
 * failure come before it.
 */
final class ReadAheadCursor<T> extends AbstractSpliterator<T> {

  /** So many values are read without a thread: to start one takes as long as to read a hundred. */
  private static final int VALUES_WITHOUT_THREAD = 1_000;

  private final Cursor<T> cursor;
  private int handedOut;
  private @Nullable ReadAhead<Piece<T>> ahead;
  private Piece<T> piece = new Piece<>(List.of(), false, null);
  private Iterator<T> left = Collections.emptyIterator();

  /**
   * @param last whether nothing comes after it
   * @param failure what has ended the rows after its values, if anything did
   */
  private record Piece<T>(List<T> values, boolean last, @Nullable Throwable failure) {}

  ReadAheadCursor(Cursor<T> cursor) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.cursor = cursor;
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    if (ahead == null) {
      if (handedOut < VALUES_WITHOUT_THREAD && cursor.bytes() < Cursor.PIECE_BYTES) {
        handedOut++;
        return cursor.tryAdvance(action);
      }
      ahead = new ReadAhead<>(this::read);
    }
    Deadline.requireNotInterrupted(Cursor.NEXT_ROW);
    while (!left.hasNext()) {
      if (piece.last()) {
        return endsOrFails();
      }
      next(ahead);
    }
    action.accept(left.next());
    return true;
  }

  private void next(ReadAhead<Piece<T>> pieces) {
    try {
      piece = pieces.take();
    } catch (WaitInterruptedException e) {
      Cleaning.after(e, cursor::breakOff);
      throw e;
    }
    left = piece.values().iterator();
    if (!piece.last()) {
      pieces.begin();
    }
  }

  private Piece<T> read() {
    List<T> values = new ArrayList<>();
    long upTo = cursor.bytes() + Cursor.PIECE_BYTES;
    try {
      boolean more;
      do {
        more = cursor.tryAdvance(values::add);
      } while (more && values.size() < Cursor.LARGEST_PIECE && cursor.bytes() < upTo);
      return new Piece<>(values, !more, null);
    } catch (RuntimeException | Error e) {
      return new Piece<>(values, true, e);
    }
  }

  private boolean endsOrFails() {
    if (piece.failure() instanceof RuntimeException failure) {
      throw failure;
    }
    if (piece.failure() instanceof Error failure) {
      throw failure;
    }
    return false;
  }

  /** Waits until no piece is being read. */
  void close() {
    piece = new Piece<>(List.of(), true, null);
    left = Collections.emptyIterator();
    if (ahead != null) {
      ahead.close();
    }
    cursor.close();
  }
}
