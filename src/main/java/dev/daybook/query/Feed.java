package dev.daybook.query;

import com.google.errorprone.annotations.MustBeClosed;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

/**
 * The result of a query, to be pulled or pushed; each use of it runs the query again. Safe for
 * several threads.
 *
 * @param <T> events, or ids of streams
 */
public interface Feed<T> {

  /**
   * The elements, to be pulled by the thread that uses the stream. A live one waits for the next
   * element, and ends when it is closed by another thread; also {@link Stream#iterator} works. To
   * be closed, best with try-with-resources. As many elements are in memory as {@link
   * dev.daybook.journal.Journal#stream} has events; in an in-memory database all rows of a current
   * feed.
   *
   * <p>Reading throws {@link dev.daybook.error.ClosedException} once the {@link
   * dev.daybook.Daybook} is closed, {@link dev.daybook.error.EventDecodeException} at an event that
   * can't be decoded, {@link dev.daybook.error.JournalRolledBackException} from a live one that has
   * read events which are lost because the database was rolled back to an earlier state, and {@link
   * IllegalStateException} if the waiting thread is interrupted.
   */
  @MustBeClosed
  Stream<T> stream();

  /**
   * The elements, pushed to each subscriber from its own thread, and no more than it has requested:
   * at most one page is read beyond that. A current feed completes; a live one continues until it
   * is cancelled. An exception that {@link #stream} would throw is signalled as an error, and so is
   * the end of the {@link dev.daybook.Daybook}.
   */
  Flow.Publisher<T> publisher();
}
