package dev.daybook.journal.internal;

import dev.daybook.InvalidInputException;
import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Session;
import dev.daybook.journal.Append;
import dev.daybook.journal.Appended;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final EventWriter writer;
  private final EventCodec<E> codec;
  private final Instant now;

  private Map<String, StreamRow> streams = Map.of();
  private final Map<String, Long> marks = new LinkedHashMap<>();
  private final Map<Key, Planned<E>> keys = new LinkedHashMap<>();
  private final List<Planned<E>> toWrite = new ArrayList<>();

  Appender(
      Session session,
      JournalStatements sql,
      EventWriter writer,
      EventCodec<E> codec,
      Instant now) {
    this.session = session;
    this.sql = sql;
    this.writer = writer;
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
    streams = writer.claim(session, streamIds(appends));
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

  private static Set<String> streamIds(List<? extends PendingAppend<?>> appends) {
    Set<String> streamIds = new LinkedHashSet<>();
    for (PendingAppend<?> append : appends) {
      if (!append.events().isEmpty()) {
        streamIds.add(append.streamId());
      }
    }
    return streamIds;
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
      Optional.ofNullable(streams.get(key.streamId())).ifPresent(StreamRow::requireReadable);
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
    long mark = marks.computeIfAbsent(streamId, this::writableMark);
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

  /** The high-water mark of a stream, which must be one that may be written; 0 if it is unknown. */
  private long writableMark(String streamId) {
    StreamRow stream = streams.get(streamId);
    if (stream == null) {
      return 0;
    }
    stream.requireWritable();
    return stream.lastSeq();
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
    List<EventRow<E>> rows = new ArrayList<>();
    for (Planned<E> plan : toWrite) {
      long seq = plan.firstSeq;
      for (PendingEvent<E> event : plan.pending.events()) {
        rows.add(EventRow.of(plan.pending, event, seq, codec, now));
        seq++;
      }
    }
    List<Long> positions = writer.write(session, rows, marks);
    int written = 0;
    for (Planned<E> plan : toWrite) {
      List<RecordedEvent<E>> recorded = new ArrayList<>(plan.pending.events().size());
      for (int i = 0; i < plan.pending.events().size(); i++) {
        EventRow<E> row = rows.get(written);
        recorded.add(row.recorded(row.seq(), positions.get(written)));
        written++;
      }
      plan.recorded = List.copyOf(recorded);
    }
  }
}
