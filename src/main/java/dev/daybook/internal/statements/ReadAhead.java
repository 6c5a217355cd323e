package dev.daybook.internal.statements;

import dev.daybook.error.WaitInterruptedException;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.deadlines.Uninterrupted;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the next piece, on its own thread, while the piece before it is processed. One piece is
 * read at a time, and none any more once this is closed. What the source does is visible to the
 * user of this, and the other way round. For one user.
 */
public final class ReadAhead<T> implements AutoCloseable {

  private static final long IDLE_SECONDS = 1;

  private final Supplier<T> source;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          0, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), ReadAhead::newThread);
  private @Nullable FutureTask<T> next;

  /**
   * @param source reads the next piece
   */
  public ReadAhead(Supplier<T> source) {
    this.source = source;
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "daybook-read-ahead");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to read the next piece. */
  public void begin() {
    FutureTask<T> task = new FutureTask<>(source::get);
    next = task;
    thread.execute(task);
  }

  /**
   * Waits for the piece that was begun, or reads it here.
   *
   * @throws WaitInterruptedException if this thread is interrupted while it waits; another call
   *     waits again
   */
  public T take() {
    FutureTask<T> task = next;
    if (task == null) {
      return source.get();
    }
    try {
      T piece = result(task);
      next = null;
      return piece;
    } catch (InterruptedException e) {
      throw Deadline.interrupted("the next piece", e);
    }
  }

  private static <T> T result(FutureTask<T> task) throws InterruptedException {
    try {
      return task.get();
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

  /** Waits until nothing is being read, and ends the thread. */
  @Override
  public void close() {
    thread.shutdown();
    Uninterrupted.within(Long.MAX_VALUE, thread::awaitTermination);
  }
}
