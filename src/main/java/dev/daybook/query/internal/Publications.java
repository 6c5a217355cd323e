package dev.daybook.query.internal;

import dev.daybook.ClosedException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The publications of a Daybook that are going on. */
final class Publications {

  private final Set<Publication<?>> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

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

  /** Ends them with an error, and waits for their threads. */
  void close() {
    closed = true;
    List<Publication<?>> all = List.copyOf(running);
    all.forEach(publication -> publication.fail(new ClosedException("the Daybook was closed")));
    all.forEach(Publication::join);
  }
}
