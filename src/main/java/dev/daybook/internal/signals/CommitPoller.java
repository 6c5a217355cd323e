package dev.daybook.internal.signals;

import dev.daybook.error.DatabaseMovedException;
import dev.daybook.internal.access.StoreAccess;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.dialect.Push;
import dev.daybook.internal.statements.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Polls for commits of other processes, on one connection and one thread, which also listens for
 * their notifications. After one it reads the journal's head, once for all watchers. A failed poll
 * counts as news: the watchers then find out by themselves.
 */
public final class CommitPoller {

  /** Starts pollers. */
  @FunctionalInterface
  public interface Factory {

    /** No other process can commit. */
    Factory NONE = (news, somethingElse) -> () -> {};

    /**
     * Starts one.
     *
     * @param news called when readers may see other events
     * @param somethingElse called for any other change
     * @return stops it, and waits until its thread is done
     */
    Runnable start(Runnable news, Runnable somethingElse);
  }

  /** Between a failed poll and the next, however long the interval is. */
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** So that it stops soon when it is to. */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final System.Logger LOG = System.getLogger("dev.daybook.notification");

  private final StoreAccess access;
  private final Duration interval;
  private final ToLongFunction<Session> head;
  private final Runnable news;
  private final Runnable somethingElse;
  private final @Nullable Push push;
  private final Deletions deletions;
  private final FileWatch files;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Joining joining = new Joining();

  private CommitPoller(
      StoreAccess access,
      Duration interval,
      @Nullable Push push,
      Deletions deletions,
      ToLongFunction<Session> head,
      FileWatch files,
      Runnable news,
      Runnable somethingElse) {
    this.push = push;
    this.deletions = deletions;
    this.head = head;
    this.files = files;
    this.access = access;
    this.interval = interval;
    this.news = news;
    this.somethingElse = somethingElse;
  }

  /**
   * Pollers that poll at intervals, and in between as soon as the database notifies of a commit.
   *
   * @param head another number than before if readers may see other events
   */
  public static Factory every(
      Duration interval,
      StoreAccess access,
      Optional<Push> push,
      Deletions deletions,
      ToLongFunction<Session> head,
      FileWatch files) {
    return (news, somethingElse) -> {
      CommitPoller poller =
          new CommitPoller(
              access, interval, push.orElse(null), deletions, head, files, news, somethingElse);
      Thread thread = new Thread(poller::run, "daybook-poller");
      thread.setDaemon(true);
      thread.start();
      return () -> poller.stop(thread);
    };
  }

  private void run() {
    boolean stop = false;
    while (!stop) {
      try {
        stop = access.watch(session -> joining.using(session, () -> poll(session)));
      } catch (DatabaseMovedException e) {
        // The watchers find that out by themselves, and nothing will ever change again.
        news.run();
        stop = true;
      } catch (Throwable e) {
        stop = failed(e);
      }
    }
  }

  /** Returns once it is to stop. */
  private boolean poll(Session session) {
    if (push == null) {
      return look(session, () -> waitToStop(interval.toNanos()));
    }
    try {
      push.listen(session.connection());
      try {
        return look(session, () -> waitToBeTold(session, push));
      } finally {
        push.unlisten(session.connection());
      }
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  private boolean look(Session session, BooleanSupplier waitToStop) {
    long last = session.changeCounter();
    long lastHead = head.applyAsLong(session);
    // A commit before this connection's first poll may have gone unnoticed.
    deletions.happened();
    news.run();
    do {
      files.look();
      long now = session.changeCounter();
      if (now != last) {
        last = now;
        deletions.happened();
        long nowHead = head.applyAsLong(session);
        (nowHead == lastHead ? somethingElse : news).run();
        lastHead = nowHead;
      }
      access.rest(session);
    } while (!waitToStop.getAsBoolean());
    return true;
  }

  /** Waits until it is time to poll again, and passes on notifications meanwhile. */
  private boolean waitToBeTold(Session session, Push by) {
    long end = System.nanoTime() + interval.toNanos();
    try {
      for (long left = interval.toNanos(); left > 0; left = end - System.nanoTime()) {
        if (stopped.getCount() == 0) {
          return true;
        }
        long step = Math.min(left, LONGEST_WAIT_NANOS);
        if (by.await(session.connection(), Duration.ofNanos(step))) {
          news.run();
        }
      }
      return stopped.getCount() == 0;
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  private boolean failed(Throwable failure) {
    if (stopped.getCount() > 0) {
      LOG.log(System.Logger.Level.WARNING, "checking for other processes' writes failed", failure);
      deletions.happened();
      news.run();
    }
    return waitToStop(Math.min(interval.toNanos(), LONGEST_PAUSE_NANOS));
  }

  private boolean waitToStop(long nanos) {
    try {
      return stopped.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void stop(Thread thread) {
    stopped.countDown();
    joining.join(thread);
  }
}
