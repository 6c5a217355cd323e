package dev.daybook.internal.deadlines;

import dev.daybook.error.DaybookException;
import dev.daybook.error.DeadlineException;
import dev.daybook.error.WaitInterruptedException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs what has no limit of its own for a wait, such as a pool that is asked for a connection. The
 * caller leaves it when its deadline passes, and a connection that is late is given back. The
 * threads end when they have nothing to do.
 */
public final class OtherThread {

  private static final long IDLE_SECONDS = 1;

  private static final ThreadPoolExecutor THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          OtherThread::newThread);

  private OtherThread() {}

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "daybook-waiting");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * What a source has, waited for until the deadline of this thread's call; without one the source
   * is asked by this thread.
   *
   * @param late gives back what came too late; then the source is interrupted, too
   * @throws DeadlineException if the deadline passes before
   * @throws WaitInterruptedException if this thread is interrupted before
   */
  public static <T> T get(Supplier<T> source, Consumer<T> late, String what) {
    if (!Deadline.current().isLimited()) {
      return source.get();
    }
    Deadline.current().requireLeft(what);
    CompletableFuture<T> result = new CompletableFuture<>();
    Future<?> running = THREADS.submit(() -> complete(result, source, late));
    try {
      return await(result, what);
    } finally {
      running.cancel(true);
    }
  }

  /**
   * Waits for work that continues if it takes longer than this thread's call has time.
   *
   * @param always whether another thread does it even if the call has no deadline
   */
  public static <T> T join(Supplier<T> work, boolean always, String what) {
    if (!always && !Deadline.current().isLimited()) {
      return work.get();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    THREADS.execute(() -> complete(result, work, value -> {}));
    return await(result, what);
  }

  private static <T> void complete(
      CompletableFuture<T> result, Supplier<T> source, Consumer<T> late) {
    try {
      T value = source.get();
      if (!result.complete(value)) {
        late.accept(value);
      }
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  private static <T> T await(CompletableFuture<T> result, String what) {
    Deadline deadline = Deadline.current();
    try {
      return result.get(Math.max(0, deadline.nanosLeft()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return leave(result, deadline.passed(what, null));
    } catch (InterruptedException e) {
      return leave(result, Deadline.interrupted(what, e));
    } catch (ExecutionException e) {
      throw shown(Objects.requireNonNull(e.getCause()));
    }
  }

  /** What has come at the last moment is not too late. */
  private static <T> T leave(CompletableFuture<T> result, DaybookException failure) {
    if (result.completeExceptionally(failure)) {
      throw failure;
    }
    try {
      return result.getNow(null);
    } catch (CompletionException e) {
      throw shown(Objects.requireNonNull(e.getCause()));
    }
  }

  /** The stack trace of the other thread is followed by that of the caller. */
  private static RuntimeException shown(Throwable failure) {
    failure.setStackTrace(
        Stream.of(failure.getStackTrace(), Thread.currentThread().getStackTrace())
            .flatMap(Stream::of)
            .toArray(StackTraceElement[]::new));
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException exception
        ? exception
        : new IllegalStateException(failure);
  }
}
