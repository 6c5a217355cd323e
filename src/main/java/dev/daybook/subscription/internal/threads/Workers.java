package dev.daybook.subscription.internal.threads;

import dev.daybook.internal.deadlines.Uninterrupted;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of all subscriptions of a Daybook. Each piece of work has its own thread while it
 * runs, so none waits for another; waiting work has none.
 */
public final class Workers implements AutoCloseable {

  private static final long IDLE_SECONDS = 1;

  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          work -> Threads.unstarted("daybook-subscriptions", work),
          new ThreadPoolExecutor.DiscardPolicy());
  private final ScheduledThreadPoolExecutor alarms =
      new ScheduledThreadPoolExecutor(
          1,
          work -> Threads.unstarted("daybook-alarms", work),
          new ThreadPoolExecutor.DiscardPolicy());

  public Workers() {
    alarms.setRemoveOnCancelPolicy(true);
    alarms.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    alarms.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    alarms.allowCoreThreadTimeOut(true);
  }

  /** Runs work on its own thread; not after the close. */
  void run(Runnable work) {
    threads.execute(work);
  }

  /** Has something short called later. */
  Future<?> later(long nanos, Runnable alarm) {
    return alarms.schedule(alarm, nanos, TimeUnit.NANOSECONDS);
  }

  /** Begins nothing new. */
  @Override
  public void close() {
    alarms.shutdownNow();
    threads.shutdown();
  }

  /** Waits for all threads to end, also if interrupted. */
  public boolean awaitEnd(Duration timeout) {
    return Uninterrupted.within(
        TimeUnit.NANOSECONDS.convert(timeout),
        (time, unit) ->
            threads.awaitTermination(time, unit) && alarms.awaitTermination(time, unit));
  }
}
