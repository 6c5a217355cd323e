package dev.daybook.checkpoint.internal;

import dev.daybook.checkpoint.Checkpoint;
import dev.daybook.checkpoint.CheckpointRewindException;
import dev.daybook.checkpoint.CheckpointStore;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.input.InputRules;
import dev.daybook.internal.statements.CommitAction;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.SqlAccess;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Configuration;

/** The checkpoint store over statements built by jOOQ. */
final class JooqCheckpointStore implements CheckpointStore {

  private final Database database;
  private final Clock clock;
  private final Lazy<CheckpointStatements> statements;
  private final SqlAccess access;
  private final CommitAction waking;

  JooqCheckpointStore(
      Database database, Clock clock, Lazy<CheckpointStatements> statements, SqlAccess access) {
    this.database = database;
    this.clock = clock;
    this.statements = statements;
    this.access = access;
    this.waking = new Waking(database);
  }

  /** Makes subscriptions check their checkpoints. */
  private record Waking(Database database) implements CommitAction {

    @Override
    public void committed() {}

    @Override
    public void released() {
      database.signal();
    }
  }

  @Override
  public Optional<Checkpoint> load(String consumer) {
    requireConsumer(consumer);
    return access.read(session -> load(session, consumer));
  }

  @Override
  public void save(String consumer, long position) {
    requireConsumer(consumer);
    InputRules.requireNotNegative("the position", position);
    access.writeAtOnce(
        session -> {
          int written = upsert(session, statements.get().save, consumer, position);
          if (written == 0) {
            long current = load(session, consumer).map(Checkpoint::position).orElse(0L);
            throw new CheckpointRewindException(consumer, current, position);
          }
          return written;
        });
  }

  @Override
  public void reset(String consumer, long position) {
    requireConsumer(consumer);
    InputRules.requireNotNegative("the position", position);
    access.writeAtOnce(
        session -> {
          if (access.isCallers()) {
            claim(session, consumer);
          }
          session.commitActions().add(waking);
          return upsert(session, statements.get().reset, consumer, position);
        });
  }

  /**
   * The caller's transaction may also change rows that a running handler writes. So the handler's
   * transaction must end first, before this one has locked anything that it needs.
   */
  private void claim(Session session, String consumer) {
    try (Execution prepared = session.prepare(statements.get().claim)) {
      prepared.set(CheckpointStatements.CONSUMER, consumer).first(row -> true);
    }
  }

  @Override
  public List<Checkpoint> list() {
    return access.read(
        session -> {
          try (Execution prepared = session.prepare(statements.get().list)) {
            return prepared.list(CheckpointStatements::read);
          }
        });
  }

  @Override
  public boolean delete(String consumer) {
    requireConsumer(consumer);
    return access.write(
        session -> {
          session.commitActions().add(waking);
          try (Execution prepared = session.prepare(statements.get().delete)) {
            return prepared.set(CheckpointStatements.CONSUMER, consumer).update() > 0;
          }
        });
  }

  @Override
  public CheckpointStore within(Configuration transaction) {
    Objects.requireNonNull(transaction, "transaction");
    return new JooqCheckpointStore(database, clock, statements, database.join(transaction));
  }

  private Optional<Checkpoint> load(Session session, String consumer) {
    try (Execution prepared = session.prepare(statements.get().load)) {
      return prepared
          .set(CheckpointStatements.CONSUMER, consumer)
          .first(CheckpointStatements::read);
    }
  }

  private int upsert(Session session, Script statement, String consumer, long position) {
    try (Execution prepared = session.prepare(statement)) {
      return prepared
          .set(CheckpointStatements.CONSUMER, consumer)
          .set(CheckpointStatements.POSITION, position)
          .set(CheckpointStatements.TIME, clock.millis())
          .update();
    }
  }

  private static void requireConsumer(String consumer) {
    InputRules.requireName("consumer", consumer);
  }
}
