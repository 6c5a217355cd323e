package dev.daybook.transfer.internal;

import dev.daybook.internal.statements.Session;
import java.util.function.Function;

/** Where rows are read: by a session of their own each time, or in one that is at work already. */
interface ReadScope {

  <T> T read(Function<Session, T> work);

  /** As a session sees it. */
  static ReadScope in(Session session) {
    return new In(session);
  }

  /** A session that is at work. */
  record In(Session session) implements ReadScope {
    @Override
    public <T> T read(Function<Session, T> work) {
      return work.apply(session);
    }
  }
}
