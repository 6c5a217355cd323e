package dev.daybook.journal.internal;

import dev.daybook.internal.database.Database;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** What all journals of one Daybook share. */
final class JournalStore {

  private final Database database;
  private final Clock clock;
  private final AppendListeners listeners = new AppendListeners();
  private volatile @Nullable JournalStatements statements;

  JournalStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
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

  /** The statements; rendered at the first use, because the database is opened by then. */
  JournalStatements statements() {
    JournalStatements rendered = statements;
    if (rendered == null) {
      rendered = new JournalStatements(database.renderer());
      statements = rendered;
    }
    return rendered;
  }
}
