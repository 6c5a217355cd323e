package dev.daybook.journal.internal;

import dev.daybook.InvalidInputException;
import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Session;
import dev.daybook.journal.Append;
import dev.daybook.journal.Appended;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One transaction's appends. First every append is checked against its stream and gets its sequence
 * numbers, then everything is written: a conflict is found before the first write.
 */
final class Appender<E> {

  private record Key(String streamId, String idempotencyKey) {}

  /** An append with its outcome: where its events begin, or what was recorded under its key. */
  private static final class Planned<E> {
    final PendingAppend<E> pending;
    final long firstSeq;
    final @Nullable Planned<E> sameKey;
    List<RecordedEvent<E>> recorded = List.of();

    Planned(PendingAppend<E> pending, long firstSeq, @Nullable Planned<E> sameKey) {
      this.pending = pending;
      this.firstSeq = firstSeq;
      this.sameKey = sameKey;
    }

    List<RecordedEvent<E>> outcome() {
      return sameKey == null ? recorded : sameKey.outcome();
    }
  }

  private final Session session;
  private final JournalStatements sql;
  private final EventCodec<E> codec;
  private final Instant now;

  private final Map<String, Long> marks = new LinkedHashMap<>();
  private final Map<Key, Planned<E>> keys = new LinkedHashMap<>();
  private final List<Planned<E>> toWrite = new ArrayList<>();

  Appender(Session session, JournalStatements sql, EventCodec<E> codec, Instant now) {
    this.session = session;
    this.sql = sql;
    this.codec = codec;
    this.now = now;
  }

  /**
   * Runs the appends in order.
   *
   * @param committed gets what listeners are to be told
   * @return for each append the events as they were recorded
   */
  List<List<RecordedEvent<E>>> run(List<PendingAppend<E>> appends, List<Appended> committed) {
    List<Planned<E>> plans = appends.stream().map(this::plan).toList();
    if (!toWrite.isEmpty()) {
      write();
    }
    for (Planned<E> plan : toWrite) {
      RecordedEvent<E> last = plan.recorded.get(plan.recorded.size() - 1);
      committed.add(new Appended(last.streamId(), plan.firstSeq, last.seq(), last.position()));
    }
    return plans.stream().map(Planned::outcome).toList();
  }

  private Planned<E> plan(PendingAppend<E> pending) {
    Append<E> append = pending.append();
    if (pending.events().isEmpty()) {
      return new Planned<>(pending, 0, null);
    }
    String idempotencyKey = append.idempotencyKey();
    if (idempotencyKey == null) {
      return planWrite(pending);
    }
    Key key = new Key(append.streamId(), idempotencyKey);
    Planned<E> earlier = keys.get(key);
    if (earlier != null) {
      return new Planned<>(pending, 0, earlier);
    }
    List<RecordedEvent<E>> before = recordedUnder(key);
    if (!before.isEmpty()) {
      streamRow(session, sql, key.streamId()).ifPresent(StreamRow::requireReadable);
    }
    Planned<E> plan = before.isEmpty() ? planWrite(pending) : new Planned<>(pending, 0, null);
    if (!before.isEmpty()) {
      plan.recorded = before;
    }
    keys.put(key, plan);
    return plan;
  }

  private Planned<E> planWrite(PendingAppend<E> pending) {
    String streamId = pending.streamId();
    long mark = marks.computeIfAbsent(streamId, id -> writableMark(session, sql, id));
    if (!pending.append().expected().accepts(mark)) {
      throw new ConflictException(streamId, pending.append().expected(), mark);
    }
    if (pending.events().size() > Long.MAX_VALUE - mark) {
      throw new InvalidInputException(
          "stream \"%s\" is at sequence number %d and has no numbers left for %d events"
              .formatted(streamId, mark, pending.events().size()));
    }
    marks.put(streamId, mark + pending.events().size());
    Planned<E> plan = new Planned<>(pending, mark + 1, null);
    toWrite.add(plan);
    return plan;
  }

  private List<RecordedEvent<E>> recordedUnder(Key key) {
    try (Prepared prepared = session.prepare(sql.eventsOfKey)) {
      return prepared
          .set(JournalStatements.STREAM_ID, key.streamId())
          .set(JournalStatements.IDEMPOTENCY_KEY, key.idempotencyKey())
          .list(EventRows::read)
          .stream()
          .map(codec::decoded)
          .toList();
    }
  }

  private void write() {
    long position = 0;
    try (Prepared others = session.prepare(sql.insertNextEvent)) {
      boolean batched = false;
      for (Planned<E> plan : toWrite) {
        List<RecordedEvent<E>> recorded = new ArrayList<>(plan.pending.events().size());
        for (PendingEvent<E> event : plan.pending.events()) {
          long seq = plan.firstSeq + recorded.size();
          if (position == 0) {
            position = insertFirst(plan, event, seq);
          } else {
            position++;
            others.set(JournalStatements.POSITION, position);
            setEvent(others, plan, event, seq).addToBatch();
            batched = true;
          }
          recorded.add(recorded(plan, event, seq, position));
        }
        plan.recorded = List.copyOf(recorded);
      }
      if (batched) {
        others.updateBatch();
      }
    }
    writeTags();
    writeMarks();
  }

  private long insertFirst(Planned<E> plan, PendingEvent<E> event, long seq) {
    try (Prepared first = session.prepare(sql.insertFirstEvent)) {
      return setEvent(first, plan, event, seq).first(row -> row.number(1)).orElseThrow();
    }
  }

  private Prepared setEvent(Prepared insert, Planned<E> plan, PendingEvent<E> event, long seq) {
    EncodedEvent encoded = codec.seal(event.encoded(), plan.pending.streamId(), seq);
    return insert
        .set(JournalStatements.STREAM_ID, plan.pending.streamId())
        .set(JournalStatements.SEQ, seq)
        .set(JournalStatements.TYPE, encoded.type())
        .set(JournalStatements.SCHEMA_VERSION, (long) encoded.schemaVersion())
        .set(JournalStatements.CODEC, encoded.codec())
        .set(JournalStatements.COMPRESSION, encoded.compression())
        .set(JournalStatements.KEY_ID, encoded.keyId())
        .set(JournalStatements.TIME, timeOf(event).toEpochMilli())
        .set(JournalStatements.TAGS, event.tags())
        .set(JournalStatements.METADATA, event.metadata())
        .set(JournalStatements.IDEMPOTENCY_KEY, plan.pending.append().idempotencyKey())
        .set(JournalStatements.PAYLOAD, encoded.payload());
  }

  private RecordedEvent<E> recorded(
      Planned<E> plan, PendingEvent<E> event, long seq, long position) {
    return new RecordedEvent<>(
        plan.pending.streamId(),
        seq,
        position,
        event.encoded().type(),
        event.event().tags(),
        event.event().metadata(),
        timeOf(event),
        event.event().data());
  }

  private void writeTags() {
    boolean tagged = false;
    try (Prepared insert = session.prepare(sql.insertTag)) {
      for (Planned<E> plan : toWrite) {
        for (RecordedEvent<E> event : plan.recorded) {
          for (String tag : event.tags()) {
            insert
                .set(JournalStatements.STREAM_ID, event.streamId())
                .set(JournalStatements.SEQ, event.seq())
                .set(JournalStatements.TAG, tag)
                .set(JournalStatements.POSITION, event.position())
                .addToBatch();
            tagged = true;
          }
        }
      }
      if (tagged) {
        insert.updateBatch();
      }
    }
  }

  private void writeMarks() {
    try (Prepared raise = session.prepare(sql.raiseMark)) {
      marks.forEach(
          (streamId, seq) ->
              raise
                  .set(JournalStatements.STREAM_ID, streamId)
                  .set(JournalStatements.SEQ, seq)
                  .addToBatch());
      raise.updateBatch();
    }
  }

  private Instant timeOf(PendingEvent<E> event) {
    Instant given = event.event().time();
    return given == null ? now : given;
  }

  /** The high-water mark of a stream that may be written; 0 for an unknown stream. */
  static long writableMark(Session session, JournalStatements sql, String streamId) {
    Optional<StreamRow> stream = streamRow(session, sql, streamId);
    stream.ifPresent(StreamRow::requireWritable);
    return stream.map(StreamRow::lastSeq).orElse(0L);
  }

  static Optional<StreamRow> streamRow(Session session, JournalStatements sql, String streamId) {
    try (Prepared prepared = session.prepare(sql.streamRow)) {
      return prepared.set(JournalStatements.STREAM_ID, streamId).first(StreamRow::read);
    }
  }
}
