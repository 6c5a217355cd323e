package dev.daybook.snapshot.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.sql.RenderedOnce;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.snapshot.SnapshotStore;
import java.time.Clock;

/** Makes the snapshot stores of one Daybook. */
public final class SnapshotStores {

  private final SnapshotEnvironment environment;

  public SnapshotStores(Database database, Clock clock, ObjectMapper json) {
    this.environment =
        new SnapshotEnvironment(
            database, clock, json, new RenderedOnce<>(database::renderer, SnapshotStatements::new));
  }

  public <S> SnapshotStore<S> of(Class<S> type, SnapshotOptions options) {
    return new JooqSnapshotStore<>(environment, type, options, environment.database());
  }
}
