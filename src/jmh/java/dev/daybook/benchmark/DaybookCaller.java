package dev.daybook.benchmark;

import dev.daybook.Daybook;
import dev.daybook.checkpoint.CheckpointStore;
import dev.daybook.document.DocumentStore;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.snapshot.Snapshot;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a thread does with Daybook. */
final class DaybookCaller implements Caller {

  private static final EventTypes<Deposited> TYPES =
      EventTypes.of(Deposited.class).with(Deposited.TYPE, Deposited.class);

  private final Journal<EncodedEvent> raw;
  private final Journal<Deposited> typed;
  private final Lazy<Journal<EncodedEvent>> inline;
  private final SnapshotStore<Balance> snapshots;
  private final DocumentStore documents;
  private final CheckpointStore checkpoints;

  DaybookCaller(Daybook daybook) {
    this.raw = daybook.rawJournal();
    this.typed = daybook.journal(TYPES);
    this.inline = new Lazy<>(() -> inline(daybook));
    this.snapshots = daybook.snapshots(Balance.class);
    this.documents = daybook.documents();
    this.checkpoints = daybook.checkpoints();
  }

  private static Journal<EncodedEvent> inline(Daybook daybook) {
    Subscriber<EncodedEvent> projection =
        Subscriber.of(
            "projection", daybook.rawJournal(), ExactlyOnce.each((transaction, event) -> {}));
    return daybook.subscriptions().inline(projection.from(StartFrom.end()));
  }

  @Override
  public long append(String streamId, long expectedSeq, List<Fact> facts) {
    return append(raw, streamId, expectedSeq, facts);
  }

  @Override
  public long appendInline(String streamId, long expectedSeq, List<Fact> facts) {
    return append(inline.get(), streamId, expectedSeq, facts);
  }

  private static long append(
      Journal<EncodedEvent> journal, String streamId, long expectedSeq, List<Fact> facts) {
    List<NewEvent<EncodedEvent>> events = new ArrayList<>(facts.size());
    for (Fact fact : facts) {
      EncodedEvent encoded = new EncodedEvent(fact.type(), EncodedEvent.JSON, fact.json());
      NewEvent<EncodedEvent> event = NewEvent.of(encoded);
      events.add(fact.tag() == null ? event : event.tagged(fact.tag()));
    }
    List<RecordedEvent<EncodedEvent>> recorded =
        journal.append(Append.of(streamId, ExpectedSeq.exactly(expectedSeq), events));
    return recorded.get(recorded.size() - 1).position();
  }

  @Override
  public long appendTyped(String streamId, long expectedSeq, Deposited event) {
    List<RecordedEvent<Deposited>> recorded =
        typed.append(
            Append.of(streamId, ExpectedSeq.exactly(expectedSeq), List.of(NewEvent.of(event))));
    return recorded.get(0).position();
  }

  @Override
  public long read(String streamId, Consumer<Object> sink) {
    return drain(raw.stream(EventQuery.stream(streamId)), sink);
  }

  @Override
  public long readDecoded(String streamId, Consumer<Object> sink) {
    return drain(typed.stream(EventQuery.stream(streamId)), sink);
  }

  @Override
  public long replay(Consumer<Object> sink) {
    return drain(raw.stream(EventQuery.all()), sink);
  }

  @Override
  public long readTagged(String tag, Consumer<Object> sink) {
    return drain(raw.stream(EventQuery.all().taggedAllOf(tag)), sink);
  }

  @Override
  public List<String> streamIds(String prefix) {
    return raw.streamIds(prefix, "", Integer.MAX_VALUE);
  }

  @Override
  public List<String> documentIds(String prefix) {
    return documents.listDocIds(prefix, "", Integer.MAX_VALUE);
  }

  @Override
  public long saveSnapshot(String streamId, long seq, Balance state) {
    return snapshots.save(streamId, seq, state).seq();
  }

  @Override
  public long loadSnapshot(String streamId, Consumer<Object> sink) {
    Snapshot<Balance> snapshot = snapshots.loadLatest(streamId).orElseThrow();
    sink.accept(snapshot);
    return snapshot.seq();
  }

  @Override
  public long appendEntry(String documentId, String json, String version) {
    documents.append(documentId, Entry.since(EntryData.json(json), version));
    return 1;
  }

  @Override
  public long loadDocument(String documentId, Consumer<Object> sink) {
    return drain(documents.loadAll(documentId), sink);
  }

  @Override
  public long saveCheckpoint(String consumer, long position) {
    checkpoints.save(consumer, position);
    return position;
  }

  @Override
  public void close() {
    // The Daybook is everybody's.
  }

  private static <T> long drain(Stream<T> rows, Consumer<Object> sink) {
    Count<T> count = new Count<>(sink);
    try (rows) {
      rows.forEach(count);
    }
    return count.seen;
  }

  /** Hands on and counts. */
  private static final class Count<T> implements Consumer<T> {
    private final Consumer<Object> sink;
    private long seen;

    Count(Consumer<Object> sink) {
      this.sink = sink;
    }

    @Override
    public void accept(T row) {
      sink.accept(row);
      seen++;
    }
  }
}
