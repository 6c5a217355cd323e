package dev.daybook.internal.rows;

import dev.daybook.internal.statements.Session;
import java.util.function.Function;

/** Where rows are read: each time by a new session, or in one that is in use already. */
public interface ReadScope {

  /** Reads, and returns what the work returns. */
  <T> T read(Function<Session, T> work);

  /** In a session, and as it sees the rows. */
  static ReadScope in(Session session) {
    return new InSession(session);
  }

  /** A session that is in use. */
  record InSession(Session session) implements ReadScope {
    @Override
    public <T> T read(Function<Session, T> work) {
      return work.apply(session);
    }
  }
}
