package dev.daybook.subscription.internal.threads;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Threads that keep no process alive, and waiting for their end. */
public final class Threads {

  private static final System.Logger LOG = System.getLogger("dev.daybook.subscription");
  private static final Duration ENDING = Duration.ofSeconds(10);

  private Threads() {}

  public static Thread unstarted(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  public static Thread start(String name, Runnable work) {
    Thread thread = unstarted(name, work);
    thread.start();
    return thread;
  }

  /** Waits for the end of a thread that is going to end, also if interrupted. */
  public static void joinFully(Thread thread) {
    joinWithin(thread, Duration.ofDays(1));
  }

  /**
   * Waits for the end of a thread, also if interrupted.
   *
   * @return whether it has ended
   */
  static boolean joinWithin(Thread thread, Duration timeout) {
    return within(
        timeout,
        nanos -> {
          thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
          return !thread.isAlive();
        });
  }

  /**
   * Waits for threads that were asked to end, for all at the same time: first so, and then, for
   * those that did not, once they are interrupted. A thread that does not end even then is left
   * running, which is logged.
   *
   * @param asked when they were asked, by {@link System#nanoTime}
   */
  public static void endAll(Collection<Thread> threads, long asked) {
    List<Thread> others =
        threads.stream().filter(thread -> thread != Thread.currentThread()).toList();
    for (Thread thread : others) {
      joinWithin(thread, ENDING.minusNanos(System.nanoTime() - asked));
    }
    others.stream().filter(Thread::isAlive).forEach(Thread::interrupt);
    for (Thread thread : others) {
      if (!joinWithin(thread, ENDING.multipliedBy(2).minusNanos(System.nanoTime() - asked))) {
        LOG.log(
            System.Logger.Level.ERROR,
            "a call on thread \"{0}\" does not return, even when interrupted",
            thread.getName());
      }
    }
  }

  /** Waits for something. */
  @FunctionalInterface
  interface Wait {
    /** Waits for so long, and says whether it has come. */
    boolean nanos(long time) throws InterruptedException;
  }

  /**
   * Waits for something, also if interrupted, and leaves the interrupt for later.
   *
   * @return whether it has come
   */
  static boolean within(Duration timeout, Wait wait) {
    long begin = System.nanoTime();
    long nanos = TimeUnit.NANOSECONDS.convert(timeout);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return wait.nanos(Math.max(0, nanos - (System.nanoTime() - begin)));
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
