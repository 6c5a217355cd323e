package dev.daybook.query.internal;

import dev.daybook.internal.callback.Callbacks;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Delivers a feed to one subscriber, on a thread that waits for its demand and for new elements.
 */
final class Publication<T> implements Flow.Subscription {

  private static final System.Logger LOG = System.getLogger("dev.daybook.query");

  private final Supplier<Source<T>> open;
  private final Flow.Subscriber<? super T> subscriber;
  private final Consumer<Publication<?>> ended;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition asked = lock.newCondition();
  private long demand;
  private volatile boolean cancelled;
  private @Nullable Throwable failure;
  private @Nullable Source<T> source;

  /**
   * @param ended called when it is over
   */
  Publication(
      Supplier<Source<T>> open,
      Flow.Subscriber<? super T> subscriber,
      Consumer<Publication<?>> ended) {
    this.open = open;
    this.subscriber = subscriber;
    this.ended = ended;
    this.thread = new Thread(this::run, "daybook-publication");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      fail(new IllegalArgumentException(n + " elements were requested; expected 1 or more"));
      return;
    }
    lock.lock();
    try {
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      asked.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void cancel() {
    end(null);
  }

  /** Ends it with an error, once the subscriber's current call has returned. */
  void fail(Throwable reason) {
    end(reason);
  }

  private void end(@Nullable Throwable reason) {
    Source<T> opened;
    lock.lock();
    try {
      if (isOver()) {
        return;
      }
      cancelled = reason == null;
      failure = reason;
      opened = source;
      asked.signalAll();
    } finally {
      lock.unlock();
    }
    if (opened != null) {
      opened.end();
    }
  }

  /** Waits for its thread, unless this is it. */
  void join(Duration longest) {
    if (Thread.currentThread() != thread) {
      try {
        thread.join(Math.max(1, longest.toMillis()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try {
      subscriber.onSubscribe(this);
      publishAll();
      signalEnd();
    } catch (Throwable e) {
      // The subscriber broke its rules, and is not to be called any more.
      Callbacks.log(
          LOG, System.Logger.Level.ERROR, "a subscriber failed, and is not called again", e);
    } finally {
      ended.accept(this);
    }
  }

  private void publishAll() {
    try (Source<T> elements = opened()) {
      for (T next = next(elements); next != null && demanded(); next = next(elements)) {
        // It may have been waiting for the demand for long.
        if (isStillThere(elements, next)) {
          met();
          subscriber.onNext(next);
          Callbacks.forgetInterrupt();
        }
      }
    } catch (ReadingFailed e) {
      fail(e.reason);
    }
  }

  private void signalEnd() {
    Throwable reason = reason();
    if (reason != null) {
      subscriber.onError(reason);
    } else if (!cancelled) {
      subscriber.onComplete();
    }
  }

  private Source<T> opened() throws ReadingFailed {
    Source<T> elements;
    try {
      elements = open.get();
    } catch (Throwable e) {
      throw new ReadingFailed(e);
    }
    lock.lock();
    try {
      source = elements;
      if (isOver()) {
        elements.end();
      }
      return elements;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable T next(Source<T> elements) throws ReadingFailed {
    try {
      return elements.next();
    } catch (Throwable e) {
      throw new ReadingFailed(e);
    }
  }

  private boolean isStillThere(Source<T> elements, T element) throws ReadingFailed {
    try {
      return elements.isStillThere(element);
    } catch (Throwable e) {
      throw new ReadingFailed(e);
    }
  }

  /** Waits until an element may be delivered; false if none may be any more. */
  private boolean demanded() {
    lock.lock();
    try {
      while (demand == 0 && !isOver()) {
        asked.awaitUninterruptibly();
      }
      return !isOver();
    } finally {
      lock.unlock();
    }
  }

  /** An element is delivered. */
  private void met() {
    lock.lock();
    try {
      demand -= demand == Long.MAX_VALUE ? 0 : 1;
    } finally {
      lock.unlock();
    }
  }

  private boolean isOver() {
    return cancelled || failure != null;
  }

  private @Nullable Throwable reason() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /** Not the subscriber's failure, but the source's. */
  private static final class ReadingFailed extends Exception {

    private static final long serialVersionUID = 1L;

    private final Throwable reason;

    ReadingFailed(Throwable reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
