package dev.daybook.journal.internal;

import dev.daybook.internal.database.Database;
import dev.daybook.internal.sql.CommitAction;
import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.RenderedOnce;
import dev.daybook.internal.sql.Sessions;
import dev.daybook.journal.Appended;
import java.time.Clock;
import java.util.List;

/** What all journals of one Daybook share. */
final class JournalStore {

  private final Database database;
  private final Clock clock;
  private final AppendListeners listeners = new AppendListeners();
  private final RenderedOnce<JournalStatements> statements;

  JournalStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.statements = new RenderedOnce<>(database::renderer, JournalStatements::new);
  }

  Database database() {
    return database;
  }

  Clock clock() {
    return clock;
  }

  AppendListeners listeners() {
    return listeners;
  }

  JournalStatements statements() {
    return statements.get();
  }

  /** The position of the last event in the journal, as its own connections see it; 0 for none. */
  long latestPosition() {
    return latestPosition(database);
  }

  long latestPosition(Sessions sessions) {
    return sessions.read(
        session -> {
          try (Prepared prepared = session.prepare(statements().latestPosition)) {
            return prepared.first(row -> row.number(1)).orElse(0L);
          }
        });
  }

  /**
   * What to do about appends once they are committed: say that there is news, and tell listeners.
   */
  CommitAction announcing(List<Appended> appended) {
    CommitAction telling = listeners.telling(appended);
    return new CommitAction() {
      @Override
      public void committed() {
        telling.committed();
      }

      @Override
      public void released() {
        database.signal();
        telling.released();
      }
    };
  }
}
