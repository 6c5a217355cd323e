package dev.daybook.transfer.internal;

import dev.daybook.internal.statements.Session;
import java.util.function.Function;

/** Where rows are read: each time by a new session, or in one that is in use already. */
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
