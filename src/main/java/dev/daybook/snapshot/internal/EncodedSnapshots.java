package dev.daybook.snapshot.internal;

import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.transactions.SqlAccess;
import dev.daybook.payload.internal.Payload;
import dev.daybook.snapshot.SnapshotStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Snapshots that another program has saved, written and read without decoding. The name and the
 * shape of a state's class are not known there, so neither is stored: such a snapshot is used if
 * its state has exactly the properties of the class that it is loaded as.
 */
public final class EncodedSnapshots {

  private final SnapshotEnvironment environment;
  private final SqlAccess access;

  private EncodedSnapshots(SnapshotEnvironment environment, SqlAccess access) {
    this.environment = environment;
    this.access = access;
  }

  /** Those of a store. */
  public static EncodedSnapshots of(SnapshotStore<?> store) {
    JooqSnapshotStore<?> jooq = (JooqSnapshotStore<?>) store;
    return new EncodedSnapshots(jooq.environment(), jooq.access());
  }

  /** Saves all of them in one transaction; one at the same number is replaced. */
  public void save(List<SnapshotRows.Stored> snapshots) {
    SnapshotStatements sql = environment.statements().get();
    access.write(
        session -> {
          try (Execution save = session.prepare(sql.save)) {
            for (SnapshotRows.Stored snapshot : snapshots) {
              JooqSnapshotStore.set(save.nextRow(), snapshot);
            }
            save.updateRows();
          }
          return snapshots.size();
        });
  }

  /** Passes on the readable snapshots of a stream, the newest first, one at a time. */
  public void forEach(String streamId, Consumer<SnapshotRows.Stored> reader) {
    Optional<SnapshotRows.Found> found = newestUpTo(streamId, Long.MAX_VALUE);
    while (found.isPresent()) {
      SnapshotRows.Stored stored = found.get().stored();
      if (stored != null) {
        reader.accept(stored);
      }
      found = newestUpTo(streamId, found.get().seq() - 1);
    }
  }

  private Optional<SnapshotRows.Found> newestUpTo(String streamId, long seq) {
    return JooqSnapshotStore.newestUpTo(environment, access, streamId, seq);
  }

  /** A state that is neither compressed nor encrypted. */
  public static Payload plain(byte[] state) {
    return new Payload(state, null, null);
  }
}
