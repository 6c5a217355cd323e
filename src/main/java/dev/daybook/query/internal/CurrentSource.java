package dev.daybook.query.internal;

import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The elements of a stream that ends. */
final class CurrentSource<T> implements Source<T> {

  private final Stream<T> stream;
  private final Iterator<T> iterator;

  CurrentSource(Stream<T> stream) {
    this.stream = stream;
    this.iterator = stream.iterator();
  }

  @Override
  public @Nullable T next() {
    return iterator.hasNext() ? iterator.next() : null;
  }

  /** It never waits. */
  @Override
  public void end() {}

  @Override
  public void close() {
    stream.close();
  }
}
