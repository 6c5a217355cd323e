package dev.daybook.snapshot.internal;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.callback.Callbacks;
import dev.daybook.internal.input.InputRules;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.SqlAccess;
import dev.daybook.observation.SnapshotOutcome;
import dev.daybook.payload.PayloadException;
import dev.daybook.payload.PayloadOptions;
import dev.daybook.payload.internal.Payload;
import dev.daybook.payload.internal.PayloadBinding;
import dev.daybook.payload.internal.PayloadPipeline;
import dev.daybook.snapshot.Snapshot;
import dev.daybook.snapshot.SnapshotEncodeException;
import dev.daybook.snapshot.SnapshotInfo;
import dev.daybook.snapshot.SnapshotMiss;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.snapshot.SnapshotStore;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Configuration;
import org.jspecify.annotations.Nullable;

/** The snapshot store over statements built by jOOQ. */
final class JooqSnapshotStore<S> implements SnapshotStore<S> {

  private static final System.Logger LOG = System.getLogger("dev.daybook.snapshot");

  private final SnapshotEnvironment environment;
  private final StateTypes<S> types;
  private final SnapshotOptions options;
  private final PayloadPipeline pipeline;
  private final SqlAccess access;

  JooqSnapshotStore(
      SnapshotEnvironment environment,
      StateTypes<S> types,
      SnapshotOptions options,
      SqlAccess access) {
    this.environment = environment;
    this.types = types;
    this.options = options;
    this.pipeline = new PayloadPipeline(options.payload());
    this.access = access;
  }

  @Override
  public Snapshot<S> save(String streamId, long seq, S state) {
    InputRules.requireName("stream id", streamId);
    Objects.requireNonNull(state, "state");
    try {
      Snapshot<S> saved = encodeAndSave(streamId, seq, state);
      observe(SnapshotOutcome.SAVED);
      return saved;
    } catch (Throwable e) {
      observe(SnapshotOutcome.NOT_SAVED);
      throw e;
    }
  }

  private void observe(SnapshotOutcome outcome) {
    environment.database().observers().snapshot(outcome);
  }

  private Snapshot<S> encodeAndSave(String streamId, long seq, S state) {
    if (seq < 1) {
      throw new InvalidInputException(
          "the snapshot's sequence number is %s; expected 1 or more".formatted(seq));
    }
    PayloadBinding binding = new PayloadBinding(PayloadBinding.Kind.SNAPSHOT, streamId, seq);
    StateTypes.StateType<S> type = types.of(state);
    Payload payload = pipeline.encrypt(pipeline.compress(encode(streamId, state, type)), binding);
    Instant now = environment.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    SnapshotRows.Stored row =
        new SnapshotRows.Stored(
            streamId,
            seq,
            options.schemaVersion(),
            environment.states().get().name(),
            now,
            payload,
            type.name(),
            type.shape());
    access.writeAtOnce(session -> save(session, row));
    return new Snapshot<>(streamId, seq, options.schemaVersion(), now, state);
  }

  @Override
  public Optional<Snapshot<S>> loadLatest(String streamId) {
    InputRules.requireName("stream id", streamId);
    return loadUpTo(streamId, Long.MAX_VALUE);
  }

  @Override
  public Optional<Snapshot<S>> loadBefore(String streamId, long seq) {
    InputRules.requireName("stream id", streamId);
    InputRules.requireNotNegative("the sequence number", seq);
    return loadUpTo(streamId, seq - 1);
  }

  private Optional<Snapshot<S>> loadUpTo(String streamId, long seq) {
    Optional<SnapshotRows.Found> found = newestUpTo(streamId, seq);
    while (found.isPresent()) {
      Optional<Snapshot<S>> snapshot = decode(streamId, found.get());
      if (snapshot.isPresent()) {
        observe(SnapshotOutcome.FOUND);
        return snapshot;
      }
      found = newestUpTo(streamId, found.get().seq() - 1);
    }
    observe(SnapshotOutcome.NONE);
    return Optional.empty();
  }

  @Override
  public long delete(String streamId, long toSeq) {
    InputRules.requireName("stream id", streamId);
    InputRules.requireNotNegative("the sequence number to delete to", toSeq);
    Script delete = environment.statements().get().delete;
    return access.write(
        session -> {
          try (Execution prepared = session.prepare(delete)) {
            return (long)
                prepared
                    .set(SnapshotStatements.STREAM_ID, streamId)
                    .set(SnapshotStatements.SEQ, toSeq)
                    .update();
          }
        });
  }

  @Override
  public long deleteAfter(String streamId, long seq) {
    InputRules.requireName("stream id", streamId);
    InputRules.requireNotNegative("the sequence number to delete after", seq);
    Script deleteAfter = environment.statements().get().deleteAfter;
    return access.write(
        session -> {
          try (Execution prepared = session.prepare(deleteAfter)) {
            return (long)
                prepared
                    .set(SnapshotStatements.STREAM_ID, streamId)
                    .set(SnapshotStatements.SEQ, seq)
                    .update();
          }
        });
  }

  @Override
  public long invalidate(String streamId) {
    return delete(streamId, Long.MAX_VALUE);
  }

  @Override
  public long invalidateAll() {
    Script invalidateAll = environment.statements().get().invalidateAll;
    return access.write(
        session -> {
          try (Execution prepared = session.prepare(invalidateAll)) {
            return (long) prepared.update();
          }
        });
  }

  @Override
  @MustBeClosed
  public Stream<SnapshotInfo> list(String streamId) {
    InputRules.requireName("stream id", streamId);
    return access.stream(
        RowQuery.of(
            environment.statements().get().list,
            parameters -> parameters.set(SnapshotStatements.STREAM_ID, streamId),
            SnapshotStatements::info));
  }

  @Override
  @MustBeClosed
  public Stream<SnapshotInfo> listAll() {
    return access.stream(
        RowQuery.of(
            environment.statements().get().listAll, parameters -> {}, SnapshotStatements::info));
  }

  @Override
  public SnapshotStore<S> with(PayloadOptions payload) {
    return new JooqSnapshotStore<>(environment, types, options.withPayload(payload), access);
  }

  @Override
  public SnapshotStore<S> within(Configuration transaction) {
    Objects.requireNonNull(transaction, "transaction");
    return new JooqSnapshotStore<>(
        environment, types, options, environment.database().join(transaction));
  }

  @Override
  public void report(SnapshotMiss miss) {
    report(Objects.requireNonNull(miss, "miss"), null);
  }

  private int save(Session session, SnapshotRows.Stored row) {
    SnapshotStatements sql = environment.statements().get();
    boolean prunes = options.keep() > 0;
    try (Execution save = session.prepare(prunes ? sql.saveAndPrune : sql.save)) {
      set(save, row);
      if (prunes) {
        save.set(SnapshotStatements.KEEP, (long) options.keep());
      }
      return save.update();
    }
  }

  static void set(Execution save, SnapshotRows.Stored row) {
    save.set(SnapshotStatements.STREAM_ID, row.streamId())
        .set(SnapshotStatements.SEQ, row.seq())
        .set(SnapshotStatements.SCHEMA_VERSION, (long) row.schemaVersion())
        .set(SnapshotStatements.CODEC, row.codec())
        .set(SnapshotStatements.COMPRESSION, row.payload().compression())
        .set(SnapshotStatements.KEY_ID, row.payload().keyId())
        .set(SnapshotStatements.TIME, row.time().toEpochMilli())
        .set(SnapshotStatements.STATE, row.payload().bytes())
        .set(SnapshotStatements.CHECKSUM, row.checksum())
        .set(SnapshotStatements.STATE_TYPE, row.stateType())
        .set(SnapshotStatements.SHAPE, row.shape());
  }

  private Optional<SnapshotRows.Found> newestUpTo(String streamId, long seq) {
    return newestUpTo(environment, access, streamId, seq);
  }

  static Optional<SnapshotRows.Found> newestUpTo(
      SnapshotEnvironment environment, SqlAccess access, String streamId, long seq) {
    Script newestUpTo = environment.statements().get().newestUpTo;
    return access.read(
        session -> {
          try (Execution prepared = session.prepare(newestUpTo)) {
            return prepared
                .set(SnapshotStatements.STREAM_ID, streamId)
                .set(SnapshotStatements.SEQ, seq)
                .first(SnapshotRows::read);
          }
        });
  }

  SnapshotEnvironment environment() {
    return environment;
  }

  SqlAccess access() {
    return access;
  }

  private byte[] encode(String streamId, S state, StateTypes.StateType<S> type) {
    try {
      return environment.states().get().encode(state, type.type());
    } catch (IOException | RuntimeException e) {
      throw new SnapshotEncodeException(streamId, e);
    }
  }

  private Optional<Snapshot<S>> decode(String streamId, SnapshotRows.Found found) {
    SnapshotRows.Stored stored = found.stored();
    if (stored == null) {
      return miss(streamId, found.seq(), "its row can't be read: " + found.flaw().orElse(""), null);
    }
    return found.flaw().isPresent()
        ? miss(streamId, found.seq(), "it " + found.flaw().get(), null)
        : decode(streamId, stored);
  }

  private Optional<Snapshot<S>> decode(String streamId, SnapshotRows.Stored stored) {
    if (stored.schemaVersion() != options.schemaVersion()) {
      return miss(
          streamId,
          stored.seq(),
          "its schema version is %s, and %s is in use"
              .formatted(stored.schemaVersion(), options.schemaVersion()),
          null);
    }
    if (!stored.codec().equals(environment.states().get().name())) {
      return miss(
          streamId, stored.seq(), "its codec \"%s\" is unknown".formatted(stored.codec()), null);
    }
    StateTypes.StateType<S> type = types.find(stored.stateType());
    if (type == null) {
      return miss(
          streamId,
          stored.seq(),
          stored.stateType() == null
              ? "it does not say which of the classes %s its state has".formatted(types.names())
              : "its state is a \"%s\", and expected is %s"
                  .formatted(stored.stateType(), String.join(" or ", types.names())),
          null);
    }
    if (stored.shape() != null && !stored.shape().equals(type.shape())) {
      return miss(
          streamId,
          stored.seq(),
          "%s had other properties, or some of other types, when it was saved"
              .formatted(type.type().getTypeName()),
          null);
    }
    byte[] json;
    try {
      json = pipeline.open(stored.payload(), stored.binding());
    } catch (PayloadException e) {
      if (stored.payload().keyId() != null) {
        throw e;
      }
      return miss(
          streamId,
          stored.seq(),
          "its payload can't be decrypted or decompressed: " + e.getMessage(),
          e);
    }
    try {
      S state = environment.states().get().decode(json, type.type());
      return state == null
          ? miss(streamId, stored.seq(), "its state is null", null)
          : Optional.of(
              new Snapshot<>(streamId, stored.seq(), stored.schemaVersion(), stored.time(), state));
    } catch (IOException
        | RuntimeException
        | StackOverflowError
        | LinkageError
        | AssertionError e) {
      return miss(streamId, stored.seq(), "its state can't be decoded: " + Callbacks.message(e), e);
    }
  }

  private Optional<Snapshot<S>> miss(
      String streamId, long seq, String reason, @Nullable Throwable cause) {
    report(new SnapshotMiss(streamId, seq, reason), cause);
    return Optional.empty();
  }

  /** A failure of the listener is logged and does not fail the load. */
  private void report(SnapshotMiss miss, @Nullable Throwable cause) {
    observe(SnapshotOutcome.UNUSABLE);
    LOG.log(System.Logger.Level.WARNING, "a snapshot can't be used: " + miss, cause);
    try {
      options.missListener().accept(miss);
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.ERROR, "the listener of snapshots that can't be used failed", e);
    }
  }
}
