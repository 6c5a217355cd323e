package dev.daybook.internal.statements;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is made at its first use, and once: a process that opens a database and writes a few events
 * needs little of what there is. Safe for several threads, which wait for the one that makes it,
 * whatever their deadlines: so making it must not wait for anything.
 */
public final class Lazy<T> implements Supplier<T> {

  private final Supplier<Supplier<? extends T>> maker;
  private volatile @Nullable T made;

  public Lazy(Supplier<? extends T> maker) {
    this.maker = () -> maker;
  }

  /**
   * @param from what it is made from; each caller waits for that by itself, and as long as its
   *     deadline allows
   */
  public <S> Lazy(Supplier<S> from, Function<S, ? extends T> maker) {
    this.maker =
        () -> {
          S source = from.get();
          return () -> maker.apply(source);
        };
  }

  @Override
  public T get() {
    T ready = made;
    return ready != null ? ready : make(maker.get());
  }

  private synchronized T make(Supplier<? extends T> now) {
    T ready = made;
    if (ready == null) {
      ready = now.get();
      made = ready;
    }
    return ready;
  }
}
