package dev.daybook.subscription.internal.threads;

import dev.daybook.internal.deadlines.Uninterrupted;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Threads that keep no process alive, and waiting for their end. */
public final class Threads {

  private static final System.Logger LOG = System.getLogger("dev.daybook.subscription");
  private static final long ENDING_NANOS = TimeUnit.SECONDS.toNanos(10);

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
    Uninterrupted.join(thread, Long.MAX_VALUE);
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
      Uninterrupted.join(thread, ENDING_NANOS - (System.nanoTime() - asked));
    }
    others.stream().filter(Thread::isAlive).forEach(Thread::interrupt);
    for (Thread thread : others) {
      if (!Uninterrupted.join(thread, 2 * ENDING_NANOS - (System.nanoTime() - asked))) {
        LOG.log(
            System.Logger.Level.ERROR,
            "a call on thread \"{0}\" does not return, even when interrupted",
            thread.getName());
      }
    }
  }
}
