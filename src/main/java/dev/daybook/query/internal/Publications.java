package dev.daybook.query.internal;

import dev.daybook.error.ClosedException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The active publications of a Daybook. */
final class Publications {

  private static final Duration LONGEST_JOIN = Duration.ofSeconds(10);

  private final Set<Publication<?>> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private long stoppedAt;

  void start(Publication<?> publication) {
    running.add(publication);
    publication.start();
    if (closed) {
      publication.fail(new ClosedException("the Daybook is closed"));
    }
  }

  void ended(Publication<?> publication) {
    running.remove(publication);
  }

  /** Ends them with an error, and waits for nothing. */
  void stop() {
    if (!closed) {
      stoppedAt = System.nanoTime();
      closed = true;
    }
    running.forEach(publication -> publication.fail(new ClosedException("the Daybook was closed")));
  }

  /** Ends them, and waits for the threads of all at the same time. */
  void close() {
    stop();
    for (Publication<?> publication : List.copyOf(running)) {
      publication.join(LONGEST_JOIN.minusNanos(System.nanoTime() - stoppedAt));
    }
  }
}
