package dev.daybook.query.internal;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.query.Feed;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A feed of what a new source gives. */
final class SourceFeed<T> implements Feed<T> {

  private final Supplier<Source<T>> open;
  private final Publications publications;

  SourceFeed(Supplier<Source<T>> open, Publications publications) {
    this.open = open;
    this.publications = publications;
  }

  @Override
  @MustBeClosed
  public Stream<T> stream() {
    Source<T> source = open.get();
    return StreamSupport.stream(new Pulled<>(source), false).onClose(source::close);
  }

  @Override
  public Flow.Publisher<T> publisher() {
    return subscriber -> {
      Objects.requireNonNull(subscriber, "subscriber");
      publications.start(new Publication<>(open, subscriber, publications::ended));
    };
  }

  private static final class Pulled<T> extends AbstractSpliterator<T> {

    private final Source<T> source;

    Pulled(Source<T> source) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.source = source;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
      T next;
      try {
        next = source.next();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for the next element", e);
      }
      if (next == null) {
        return false;
      }
      action.accept(next);
      return true;
    }
  }
}
