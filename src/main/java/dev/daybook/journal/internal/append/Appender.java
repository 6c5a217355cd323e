package dev.daybook.journal.internal.append;

import dev.daybook.internal.statements.Session;
import dev.daybook.journal.Appended;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.read.StreamRow;
import dev.daybook.journal.internal.types.EventCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One transaction's appends, of one caller or of several. First every request is checked against
 * its streams and gets its sequence numbers, then everything is written: a request with a conflict
 * fails before anything of it is written, and alone.
 */
final class Appender {

  private record Key(String streamId, String idempotencyKey) {

    /** The key to look up; {@code null} for none. */
    static @Nullable Key of(PendingAppend<?> append) {
      String idempotencyKey = append.append().idempotencyKey().orElse(null);
      return idempotencyKey == null || append.append().keyIsRecorded() || append.events().isEmpty()
          ? null
          : new Key(append.streamId(), idempotencyKey);
    }
  }

  private final Session session;
  private final AppendStatements sql;
  private final EventWriter writer;

  private Map<String, StreamRow> streams = Map.of();
  private final Map<String, Long> marks = new HashMap<>();
  private final Set<Key> unwrittenKeys = new HashSet<>();
  private final List<ResolvedAppend<?>> unwritten = new ArrayList<>();
  private final List<Appended> appended = new ArrayList<>();
  private long[] positions = {};

  Appender(Session session, AppendStatements sql, EventWriter writer) {
    this.session = session;
    this.sql = sql;
    this.writer = writer;
  }

  /**
   * Runs the requests in order.
   *
   * @return what listeners receive after the commit
   */
  List<Appended> run(List<AppendRequest<?>> requests) {
    streams = writer.claim(session, streamIds(requests));
    for (AppendRequest<?> request : requests) {
      place(request, recordedBefore(request));
    }
    write();
    return appended;
  }

  private static Set<String> streamIds(List<AppendRequest<?>> requests) {
    if (requests.size() == 1 && requests.get(0).appends().size() == 1) {
      return Set.of(requests.get(0).appends().get(0).streamId());
    }
    Set<String> streamIds = new LinkedHashSet<>();
    for (AppendRequest<?> request : requests) {
      for (PendingAppend<?> append : request.appends()) {
        if (!append.events().isEmpty()) {
          streamIds.add(append.streamId());
        }
      }
    }
    return streamIds;
  }

  /** For each key of a request the events recorded under it, which may be none. */
  private Map<Key, List<RecordedEvent<EncodedEvent>>> recordedBefore(AppendRequest<?> request) {
    Map<Key, List<RecordedEvent<EncodedEvent>>> before = Map.of();
    for (PendingAppend<?> append : request.appends()) {
      Key key = Key.of(append);
      if (key != null && !before.containsKey(key)) {
        before = before.isEmpty() ? new HashMap<>() : before;
        if (unwrittenKeys.contains(key)) {
          write();
        }
        before.put(key, sql.eventsOfKey(session, key.streamId(), key.idempotencyKey()));
      }
    }
    return before;
  }

  /** Finds the places of one request, whose failure is its own: nothing of it is kept then. */
  private <E> void place(
      AppendRequest<E> request, Map<Key, List<RecordedEvent<EncodedEvent>>> before) {
    Placing<E> placing = new Placing<>(request.codec(), before);
    List<ResolvedAppend<E>> placements = new ArrayList<>(request.appends().size());
    try {
      for (PendingAppend<E> append : request.appends()) {
        placements.add(placing.place(append));
      }
      if (!placing.toWrite.isEmpty()) {
        placing.decodeRecorded();
      }
    } catch (Throwable e) {
      request.outcome().fail(e);
      return;
    }
    request.place(placements);
    positions = request.positions();
    marks.putAll(placing.raised);
    unwrittenKeys.addAll(placing.keyed.keySet());
    unwritten.addAll(placing.toWrite);
  }

  private void write() {
    if (unwritten.isEmpty()) {
      return;
    }
    List<EventRow<?>> rows = new ArrayList<>();
    unwritten.forEach(placement -> rows.addAll(placement.rows()));
    long[] written = writer.write(session, rows, marks, positions);
    int from = 0;
    for (ResolvedAppend<?> placement : unwritten) {
      placement.written(written, from);
      appended.add(placement.appended());
      from += placement.rows().size();
    }
    unwritten.clear();
    unwrittenKeys.clear();
  }

  /** The places of one request's appends, after those of the requests before it. */
  private final class Placing<E> {

    private final EventCodec<E> codec;
    private final Map<Key, List<RecordedEvent<EncodedEvent>>> before;
    private final Map<String, Long> raised = new HashMap<>(2);
    private Map<Key, ResolvedAppend<E>> keyed = Map.of();
    private final List<ResolvedAppend<E>> toWrite = new ArrayList<>();

    Placing(EventCodec<E> codec, Map<Key, List<RecordedEvent<EncodedEvent>>> before) {
      this.codec = codec;
      this.before = before;
    }

    ResolvedAppend<E> place(PendingAppend<E> append) {
      if (append.events().isEmpty()) {
        return ResolvedAppend.at(List.of());
      }
      Key key = Key.of(append);
      if (key == null) {
        return placeBehind(append);
      }
      ResolvedAppend<E> same = keyed.get(key);
      if (same == null) {
        List<RecordedEvent<EncodedEvent>> recorded = before.getOrDefault(key, List.of());
        same = recorded.isEmpty() ? placeBehind(append) : placeAt(key, recorded);
        keyed = keyed.isEmpty() ? new HashMap<>() : keyed;
        keyed.put(key, same);
      }
      return same;
    }

    private ResolvedAppend<E> placeAt(Key key, List<RecordedEvent<EncodedEvent>> recorded) {
      Optional.ofNullable(streams.get(key.streamId())).ifPresent(StreamRow::requireReadable);
      return ResolvedAppend.repeated(() -> recorded.stream().map(codec::decoded).toList());
    }

    /**
     * Before anything is written, because one that can't be decoded fails all. A request that
     * writes nothing decodes after the transaction: a slow codec would make other writers wait.
     */
    void decodeRecorded() {
      keyed.values().forEach(ResolvedAppend::recordedBefore);
    }

    private ResolvedAppend<E> placeBehind(PendingAppend<E> append) {
      String streamId = append.streamId();
      long mark = writableMark(streamId);
      append.requireFits(mark);
      List<EventRow<E>> rows = new ArrayList<>(append.events().size());
      for (PendingEvent<E> event : append.events()) {
        rows.add(EventRow.of(append, event, mark + rows.size() + 1, codec));
      }
      raised.put(streamId, mark + rows.size());
      ResolvedAppend<E> placement = ResolvedAppend.in(rows);
      toWrite.add(placement);
      return placement;
    }

    /** The high-water mark of a stream, which must be one that may be written; 0 if unknown. */
    private long writableMark(String streamId) {
      Long planned = raised.getOrDefault(streamId, marks.get(streamId));
      if (planned != null) {
        return planned;
      }
      StreamRow stream = streams.get(streamId);
      if (stream == null) {
        return 0;
      }
      stream.requireWritable();
      return stream.lastSeq();
    }
  }
}
