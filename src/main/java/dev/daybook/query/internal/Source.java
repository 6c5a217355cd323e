package dev.daybook.query.internal;

import org.jspecify.annotations.Nullable;

/** The source of a feed's elements. For one thread; only {@link #end} may come from another. */
interface Source<T> extends AutoCloseable {

  /** Waits for the next element; {@code null} at the end, or once it was ended. */
  @Nullable T next() throws InterruptedException;

  /** Whether an element that was read a while ago may still be delivered. */
  default boolean isStillThere(T element) {
    return true;
  }

  /** Ends a wait, and lets none begin. */
  void end();

  @Override
  void close();
}
