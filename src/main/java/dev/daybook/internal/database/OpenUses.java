package dev.daybook.internal.database;

import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Learns what callers have opened and have to close: streams and transactions. Called on the thread
 * that opens. Safe for several threads.
 */
@FunctionalInterface
public interface OpenUses {

  /**
   * Something was opened.
   *
   * @param what what it is, such as "a stream"
   * @return is run once it is closed, perhaps on another thread and more than once
   */
  Runnable opened(String what);

  /** Rows that are over once they are closed or have been read to their end. */
  default <T> Stream<T> followed(Stream<T> rows) {
    Runnable closed = opened("a stream");
    Spliterator<T> each = rows.spliterator();
    Spliterator<T> followed =
        new Spliterators.AbstractSpliterator<>(Long.MAX_VALUE, each.characteristics()) {
          @Override
          public boolean tryAdvance(Consumer<? super T> action) {
            boolean more = each.tryAdvance(action);
            if (!more) {
              closed.run();
            }
            return more;
          }
        };
    return StreamSupport.stream(followed, false).onClose(closed).onClose(rows::close);
  }
}
