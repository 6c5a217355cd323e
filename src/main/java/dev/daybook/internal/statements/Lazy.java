package dev.daybook.internal.statements;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is made at its first use, and once: a process that opens a database and writes a few events
 * needs little of what there is. Safe for several threads.
 */
public final class Lazy<T> implements Supplier<T> {

  private final Supplier<? extends T> maker;
  private volatile @Nullable T made;

  public Lazy(Supplier<? extends T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    T ready = made;
    return ready != null ? ready : make();
  }

  private synchronized T make() {
    T ready = made;
    if (ready == null) {
      ready = maker.get();
      made = ready;
    }
    return ready;
  }
}
