package dev.daybook.journal.internal;

import dev.daybook.internal.database.Database;
import dev.daybook.internal.sql.RenderedOnce;
import java.time.Clock;

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
}
