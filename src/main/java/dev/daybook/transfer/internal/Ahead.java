package dev.daybook.transfer.internal;

import dev.daybook.WaitInterruptedException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gets the next one, on a thread of its own, while the one before is worked on. Only one is got at
 * a time, and nothing is got any more once this is closed. For one user.
 */
final class Ahead<T> implements AutoCloseable {

  private final Supplier<T> source;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Ahead::newThread);
  private @Nullable FutureTask<T> next;

  /**
   * @param source gets the next one
   */
  Ahead(Supplier<T> source) {
    this.source = source;
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "daybook-copy");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to get the next one. */
  void begin() {
    FutureTask<T> task = new FutureTask<>(source::get);
    next = task;
    thread.execute(task);
  }

  /** Waits for the one that was begun, or gets it. */
  T take() {
    FutureTask<T> task = next;
    next = null;
    return task == null ? source.get() : result(task);
  }

  private static <T> T result(FutureTask<T> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WaitInterruptedException("interrupted while the copy was reading", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Waits until nothing is being got, and ends the thread. */
  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = false;
    while (!thread.isTerminated()) {
      try {
        thread.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
