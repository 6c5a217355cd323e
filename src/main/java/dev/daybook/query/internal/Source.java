package dev.daybook.query.internal;

import org.jspecify.annotations.Nullable;

/** Where a feed's elements come from. For one thread; only {@link #end} may come from another. */
interface Source<T> extends AutoCloseable {

  /** Waits for the next element; {@code null} at the end, or once it was ended. */
  @Nullable T next() throws InterruptedException;

  /** Ends a wait, and lets none begin. */
  void end();

  @Override
  void close();
}
