package dev.daybook.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs tasks that all begin at the same moment, waits for each, and says how each ended. */
public final class ConcurrentRendezvous {

  /**
   * How a task ended.
   *
   * @param value what it returned, if it did
   * @param failure what it threw, if it did
   */
  public record Outcome<T>(@Nullable T value, @Nullable Throwable failure) {

    public boolean succeeded() {
      return failure == null;
    }

    /** What it returned; fails if it threw. */
    public T orThrow() {
      if (value == null) {
        throw new AssertionError("a task failed", failure);
      }
      return value;
    }
  }

  private ConcurrentRendezvous() {}

  /** Runs as many tasks at once, each with its number from 0. */
  public static <T> List<Outcome<T>> collide(int tasks, IntFunction<Callable<T>> task) {
    return collide(IntStream.range(0, tasks).mapToObj(task).toList());
  }

  /** Runs the tasks at once; the outcomes are in their order. */
  public static <T> List<Outcome<T>> collide(List<Callable<T>> tasks) {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    CyclicBarrier start = new CyclicBarrier(tasks.size());
    try {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> task : tasks) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return task.call();
                }));
      }
      List<Outcome<T>> outcomes = new ArrayList<>();
      for (Future<T> each : running) {
        outcomes.add(join(each));
      }
      return outcomes;
    } finally {
      stop(threads);
    }
  }

  private static <T> Outcome<T> join(Future<T> task) {
    try {
      return new Outcome<>(Await.result(task), null);
    } catch (ExecutionException e) {
      return new Outcome<>(null, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a task", e);
    }
  }

  private static void stop(ExecutorService threads) {
    threads.shutdownNow();
    Await.until(threads::isTerminated);
  }
}
