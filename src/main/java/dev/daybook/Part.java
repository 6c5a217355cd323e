package dev.daybook;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An object that is made at its first use, and is stopped and closed only if it was made: a process
 * that appends and reads loads no class of the rest. Safe for several threads.
 */
final class Part<T> implements AutoCloseable {

  private final Supplier<T> maker;
  private final Consumer<T> stop;
  private final Consumer<T> close;
  private @Nullable T made;
  private boolean stopped;

  /**
   * @param stop asks it to end and waits for nothing; one that is made later is asked at once
   * @param close waits until it has ended
   */
  Part(Supplier<T> maker, Consumer<T> stop, Consumer<T> close) {
    this.maker = maker;
    this.stop = stop;
    this.close = close;
  }

  synchronized T get() {
    T ready = made;
    if (ready == null) {
      ready = maker.get();
      made = ready;
      if (stopped) {
        stop.accept(ready);
      }
    }
    return ready;
  }

  void stop() {
    T ready = stopping();
    if (ready != null) {
      stop.accept(ready);
    }
  }

  @Override
  public void close() {
    T ready = stopping();
    if (ready != null) {
      close.accept(ready);
    }
  }

  private synchronized @Nullable T stopping() {
    stopped = true;
    return made;
  }
}
