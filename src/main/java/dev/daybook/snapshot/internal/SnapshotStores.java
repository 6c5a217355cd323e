package dev.daybook.snapshot.internal;

import dev.daybook.codec.internal.JacksonFormats;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.snapshot.SnapshotStore;
import java.time.Clock;
import java.util.function.Supplier;

/** Makes the snapshot stores of one Daybook. */
public final class SnapshotStores {

  private final SnapshotEnvironment environment;

  public SnapshotStores(Database database, Clock clock, Supplier<JacksonFormats> formats) {
    this.environment =
        new SnapshotEnvironment(
            database,
            clock,
            new Lazy<>(() -> formats.get().states()),
            new Lazy<>(database::renderer, SnapshotStatements::new));
  }

  public <S> SnapshotStore<S> of(Class<S> type, SnapshotOptions options) {
    return new JooqSnapshotStore<>(
        environment,
        StateTypes.of(type, environment.states().get()),
        options,
        environment.database().callers());
  }
}
