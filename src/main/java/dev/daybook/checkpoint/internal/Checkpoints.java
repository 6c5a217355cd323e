package dev.daybook.checkpoint.internal;

import dev.daybook.checkpoint.CheckpointStore;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.statements.Lazy;
import java.time.Clock;

/** Makes the checkpoint store of one Daybook. */
public final class Checkpoints {

  private Checkpoints() {}

  public static CheckpointStore of(Database database, Clock clock) {
    return new JooqCheckpointStore(
        database,
        clock,
        new Lazy<>(database::renderer, CheckpointStatements::new),
        database.callers());
  }
}
