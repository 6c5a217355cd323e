package dev.daybook.journal.internal;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.codec.Codecs;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.input.InputRules;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Row;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.SqlAccess;
import dev.daybook.journal.Append;
import dev.daybook.journal.AppendListener;
import dev.daybook.journal.AppendResult;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.HighWaterMarkException;
import dev.daybook.journal.Journal;
import dev.daybook.journal.JournalStats;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.Registration;
import dev.daybook.journal.internal.append.AppendRequest;
import dev.daybook.journal.internal.append.PendingAppend;
import dev.daybook.journal.internal.append.WritableJournal;
import dev.daybook.journal.internal.read.EventReader;
import dev.daybook.journal.internal.read.JournalStatements;
import dev.daybook.journal.internal.read.ReadableJournal;
import dev.daybook.journal.internal.read.StreamRow;
import dev.daybook.journal.internal.types.EventCodec;
import dev.daybook.payload.PayloadOptions;
import dev.daybook.settings.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Configuration;

/** The journal over statements built by jOOQ. */
final class JooqJournal<E> implements Journal<E> {

  private final Database database;
  private final ReadableJournal readable;
  private final WritableJournal writable;
  private final EventCodec<E> codec;
  private final SqlAccess access;
  private final EventReader reader;

  JooqJournal(
      Database database,
      ReadableJournal readable,
      WritableJournal writable,
      EventCodec<E> codec,
      SqlAccess access) {
    this.database = database;
    this.readable = readable;
    this.writable = writable;
    this.codec = codec;
    this.access = access;
    this.reader = new EventReader(readable, access);
  }

  @Override
  public RecordedEvent<E> append(String streamId, ExpectedSeq expected, E event) {
    Append<E> append = Append.of(streamId, expected, event);
    database.requireNotClosed();
    return write(List.of(append)).recorded().get(0).get(0);
  }

  @Override
  public List<RecordedEvent<E>> append(Append<? extends E> append) {
    database.requireNotClosed();
    if (append.events().isEmpty()) {
      return List.of();
    }
    return write(List.of(append)).recorded().get(0);
  }

  @Override
  public AppendResult<E> appendOnce(Append<? extends E> append) {
    if (append.idempotencyKey().isEmpty()) {
      throw new InvalidInputException(
          "the append to stream \"%s\" has no idempotency key; expected one, by withIdempotencyKey"
              .formatted(append.streamId()));
    }
    database.requireNotClosed();
    return append.events().isEmpty()
        ? new AppendResult.AppendResultValues<>(List.of(), false, false)
        : write(List.of(append)).onlyResult();
  }

  @Override
  public List<RecordedEvent<E>> findByKey(String streamId, String idempotencyKey) {
    InputRules.requireName("stream id", streamId);
    InputRules.requireName("idempotency key", idempotencyKey);
    List<RecordedEvent<EncodedEvent>> found =
        access.read(session -> writable.eventsOfKey(session, streamId, idempotencyKey));
    reader.requireReadable(streamId);
    return found.stream().map(codec::decoded).toList();
  }

  @Override
  public List<List<RecordedEvent<E>>> appendAll(List<? extends Append<? extends E>> appends) {
    List<Append<? extends E>> all = List.copyOf(appends);
    database.requireNotClosed();
    InputRules.requireAtMost(
        "events in one append",
        all.stream().<Object>flatMap(append -> append.events().stream()).toList(),
        Limits.MAX_EVENTS_PER_APPEND);
    if (all.stream().allMatch(append -> append.events().isEmpty())) {
      return all.stream().map(append -> List.<RecordedEvent<E>>of()).toList();
    }
    return write(all).recorded();
  }

  private AppendRequest<E> write(List<? extends Append<? extends E>> appends) {
    ObservedAppend observed = ObservedAppend.begin(database.observers(), appends);
    try {
      AppendRequest<E> request = request(appends, observed);
      access.write(writable.appending(), request);
      observed.ended(request);
      return request;
    } catch (Throwable e) {
      observed.failed(e);
      throw e;
    }
  }

  /** The events are encoded here, before anything is locked. */
  private AppendRequest<E> request(
      List<? extends Append<? extends E>> appends, ObservedAppend observed) {
    Instant now = writable.now();
    AddedMetadata metadata = new AddedMetadata(writable.defaultMetadata(), observed.metadata());
    List<PendingAppend<E>> pending = new ArrayList<>(appends.size());
    for (Append<? extends E> append : appends) {
      pending.add(PendingAppend.of(append, codec, now, metadata));
    }
    AppendRequest<E> request = new AppendRequest<>(pending, codec);
    observed.time(request.outcome());
    return request;
  }

  @Override
  public List<RecordedEvent<E>> read(EventQuery query) {
    Objects.requireNonNull(query, "query");
    return reader.list(query).stream().map(codec::decoded).toList();
  }

  @Override
  @MustBeClosed
  public Stream<RecordedEvent<E>> stream(EventQuery query) {
    Objects.requireNonNull(query, "query");
    return reader.stream(query).map(codec::decoded);
  }

  @Override
  public long count(EventQuery query) {
    Objects.requireNonNull(query, "query");
    return reader.count(query);
  }

  @Override
  public long highestSeq(String streamId) {
    InputRules.requireName("stream id", streamId);
    JournalStatements sql = readable.statements();
    return access
        .read(session -> StreamRow.find(session, sql, streamId))
        .map(StreamRow::lastSeq)
        .orElse(0L);
  }

  @Override
  public long latestPosition() {
    return readable.latestPosition(access);
  }

  @Override
  @MustBeClosed
  public Stream<String> streamIds(String prefix) {
    return readable.statements().ids.stream(access, prefix);
  }

  @Override
  public List<String> streamIds(String prefix, String after, int limit) {
    return readable.statements().ids.page(access, prefix, after, limit);
  }

  @Override
  public long delete(String streamId, long toSeq) {
    InputRules.requireName("stream id", streamId);
    InputRules.requireNotNegative("the sequence number to delete to", toSeq);
    JournalStatements sql = readable.statements();
    return access.write(
        session -> {
          Optional<StreamRow> stream = StreamRow.find(session, sql.claimStream, streamId);
          if (stream.isEmpty()) {
            return 0L;
          }
          stream.get().requireWritable();
          long deleted = 0;
          for (var statement : List.of(sql.deleteTags, sql.markDeleted, sql.deleteEvents)) {
            try (Execution prepared = session.prepare(statement)) {
              deleted =
                  prepared
                      .set(JournalStatements.STREAM_ID, streamId)
                      .set(JournalStatements.TO_SEQ, toSeq)
                      .update();
            }
          }
          session.commitActions().add(writable.deleting());
          return deleted;
        });
  }

  @Override
  public void raiseHighWaterMark(String streamId, long seq) {
    InputRules.requireName("stream id", streamId);
    InputRules.requireNotNegative("the high-water mark", seq);
    JournalStatements sql = readable.statements();
    access.write(
        session -> {
          long mark = writableMark(session, streamId, seq);
          if (seq != mark) {
            requireRaisable(session, sql, streamId, mark, seq);
            try (Execution prepared = session.prepare(sql.raiseEmptyMark)) {
              prepared
                  .set(JournalStatements.STREAM_ID, streamId)
                  .set(JournalStatements.SEQ, seq)
                  .update();
            }
          }
          return seq;
        });
  }

  /**
   * The high-water mark of a stream that is to be raised, and whose row this transaction has
   * locked.
   */
  private long writableMark(Session session, String streamId, long seq) {
    Optional<StreamRow> known =
        StreamRow.find(session, readable.statements().claimStream, streamId);
    if (known.isEmpty() && seq > 0) {
      known = Optional.ofNullable(writable.writer().claim(session, Set.of(streamId)).get(streamId));
    }
    known.ifPresent(StreamRow::requireWritable);
    return known.map(StreamRow::lastSeq).orElse(0L);
  }

  @Override
  public JournalStats stats() {
    JournalStatements sql = readable.statements();
    return access.read(
        session -> {
          try (Execution prepared = session.prepare(sql.stats)) {
            return prepared.first(JooqJournal::stats).orElseThrow();
          }
        });
  }

  @Override
  public Registration onAppend(AppendListener listener) {
    Objects.requireNonNull(listener, "listener");
    database.requireNotClosed();
    return writable.listeners().add(listener);
  }

  @Override
  public BulkLoad<E> bulkLoad(String name) {
    if (access.isCallers()) {
      throw new InvalidInputException(
          "a bulk load commits by itself; expected a journal that is not inside a transaction");
    }
    return JooqBulkLoad.of(database, writable, codec, name);
  }

  @Override
  public Journal<EncodedEvent> raw() {
    return new JooqJournal<>(database, readable, writable, EventCodec.NONE, access);
  }

  @Override
  public RecordedEvent<E> decode(RecordedEvent<EncodedEvent> event) {
    return codec.decoded(event);
  }

  @Override
  public Journal<E> with(PayloadOptions options) {
    return new JooqJournal<>(database, readable, writable, codec.with(options), access);
  }

  @Override
  public Journal<E> with(Codecs codecs) {
    return new JooqJournal<>(database, readable, writable, codec.with(codecs), access);
  }

  @Override
  public Journal<E> within(Configuration transaction) {
    Objects.requireNonNull(transaction, "transaction");
    return new JooqJournal<>(database, readable, writable, codec, database.join(transaction));
  }

  private static void requireRaisable(
      Session session, JournalStatements sql, String streamId, long mark, long seq) {
    if (seq < mark) {
      throw new HighWaterMarkException(
          streamId, "its high-water mark is %s and can't go back to %s".formatted(mark, seq));
    }
    try (Execution prepared = session.prepare(sql.hasEvents)) {
      Optional<Long> any =
          prepared.set(JournalStatements.STREAM_ID, streamId).first(row -> row.number(1));
      if (any.isPresent()) {
        throw new HighWaterMarkException(
            streamId, "it has events, so its high-water mark can't be raised past them");
      }
    }
  }

  private static JournalStats stats(Row row) {
    boolean empty = row.number(1) == 0;
    return new JournalStats.JournalStatsValues(
        row.number(1),
        row.number(2),
        row.number(3),
        row.numberOrZero(4),
        row.numberOrZero(5),
        empty ? Optional.empty() : Optional.of(Instant.ofEpochMilli(row.number(6))),
        empty ? Optional.empty() : Optional.of(Instant.ofEpochMilli(row.number(7))));
  }
}
