package dev.daybook.sqlcatalogue;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ConcurrentRendezvous;
import dev.daybook.conformance.FilledStore;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.document.Meta;
import dev.daybook.fixture.SteppedTransaction;
import dev.daybook.journal.Append;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.Configuration;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** The calls that use a store, each under its name. */
@SuppressWarnings("MustBeClosedChecker") // Each stream is closed at once.
final class StoreOperations {

  private static final int CALLERS = 16;
  private static final boolean[] BOTH = {true, false};

  private final Daybook daybook;
  private final HeardStatements heard;
  private final Journal<ParcelEvent> journal;

  StoreOperations(Daybook daybook, HeardStatements heard) {
    this.daybook = daybook;
    this.heard = heard;
    this.journal = daybook.journal(ParcelEvent.class);
  }

  /** The calls of a journal, in which every kind of event is appended to every kind of stream. */
  void useJournal() {
    for (boolean tagged : BOTH) {
      for (boolean plain : BOTH) {
        for (int count = 1; count <= 2; count++) {
          List<NewEvent<ParcelEvent>> events = events(count, tagged, plain);
          String stream = "s-" + tagged + plain + count;
          append(journal, stream, events);
          heard.during(
              "Journal.append",
              () -> daybook.transaction(tx -> append(journal.within(tx), stream + "-in", events)));
        }
      }
    }
    appendAll();
    heard.during(
        "Journal.append",
        () ->
            journal.append(
                Append.of("keyed", ExpectedSeq.any(), moved(1)).withIdempotencyKey("key")));
    heard.during("Journal.findByKey", () -> journal.findByKey("keyed", "key"));
    read();
    changeStreams();
  }

  private void append(Journal<ParcelEvent> to, String stream, List<NewEvent<ParcelEvent>> events) {
    heard.during("Journal.append", () -> to.append(Append.of(stream, ExpectedSeq.any(), events)));
    heard.during(
        "Journal.append",
        () -> to.append(Append.of(stream, ExpectedSeq.exactly(events.size()), events)));
  }

  private void appendAll() {
    for (boolean tagged : BOTH) {
      heard.during(
          "Journal.appendAll",
          () ->
              journal.appendAll(
                  List.of(
                      Append.of("all-1", ExpectedSeq.any(), events(1, tagged, true)),
                      Append.of("all-2", ExpectedSeq.any(), events(2, tagged, true)))));
    }
  }

  private void read() {
    List<EventQuery> queries = new ArrayList<>(CataloguedQueries.read().values());
    queries.add(EventQuery.all());
    queries.add(EventQuery.all().newestFirst());
    queries.add(EventQuery.stream("s"));
    queries.add(EventQuery.stream("s").newestFirst());
    queries.forEach(
        query -> {
          heard.during("Journal.read", () -> journal.read(query));
          heard.during("Journal.stream", () -> journal.stream(query).close());
          heard.during("Journal.exists", () -> journal.exists(query));
        });
    CataloguedQueries.counted()
        .values()
        .forEach(query -> heard.during("Journal.count", () -> journal.count(query)));
    heard.during("Journal.highestSeq", () -> journal.highestSeq("keyed"));
    heard.during("Journal.latestPosition", journal::latestPosition);
    heard.during("Journal.stats", journal::stats);
    for (String prefix : List.of("", "s-")) {
      heard.during("Journal.streamIds", () -> journal.streamIds(prefix).close());
      heard.during("Journal.streamIds", () -> journal.streamIds(prefix, "s-a", 1));
    }
  }

  private void changeStreams() {
    heard.during("Journal.delete", () -> journal.delete("keyed", 1));
    heard.during("Journal.raiseHighWaterMark", () -> journal.raiseHighWaterMark("raised", 3));
    heard.during("Journal.raiseHighWaterMark", () -> journal.raiseHighWaterMark("raised", 4));
  }

  /** A transaction has events on both sides of one that goes on. */
  void readWhatIsHeldBack(DataSource callers) {
    try (SteppedTransaction around = SteppedTransaction.begin(callers);
        SteppedTransaction between = SteppedTransaction.begin(callers)) {
      around.run(tx -> journal.within(tx).append("around", ExpectedSeq.any(), moved(1)));
      between.run(tx -> journal.within(tx).append("between", ExpectedSeq.any(), moved(1)));
      around.run(tx -> journal.within(tx).append("around", ExpectedSeq.any(), moved(1)));
      around.commit();
      heard.during("Journal.read", () -> journal.read(EventQuery.all()));
      heard.during("Journal.stream", () -> journal.stream(EventQuery.all()).close());
      heard.during("Journal.latestPosition", journal::latestPosition);
      between.commit();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** In parts that are rolled back or not, and in a caller's own transaction. */
  void nest(DataSource callers, SQLDialect family) {
    heard.during(
        "Daybook.transaction",
        () ->
            daybook.transaction(
                tx -> {
                  DSL.using(tx).transaction(part -> append(part));
                  failing(
                      () ->
                          DSL.using(tx)
                              .transaction(
                                  part -> {
                                    append(part);
                                    throw new IllegalStateException("this part is rolled back");
                                  }));
                }));
    heard.during(
        "Daybook.transaction",
        () ->
            failing(
                () ->
                    daybook.transaction(
                        tx -> {
                          append(tx);
                          throw new IllegalStateException("all is rolled back");
                        })));
    heard.during(
        "CheckpointStore.reset",
        () ->
            DSL.using(callers, family)
                .transaction(tx -> daybook.checkpoints().within(tx).reset("reader", 1)));
  }

  private void append(Configuration transaction) {
    journal.within(transaction).append("nested", ExpectedSeq.any(), moved(1));
  }

  /** Subscriptions run statements on threads of their own. */
  void subscribe() {
    subscribe(EventQuery.stream("followed"));
    subscribe(EventQuery.all());
  }

  private void subscribe(EventQuery query) {
    String name = "of " + query;
    AtomicBoolean fails = new AtomicBoolean(true);
    Subscriber<ParcelEvent> subscriber =
        Subscriber.of(
                name,
                journal,
                AtLeastOnce.<ParcelEvent>each(
                    event -> {
                      if (fails.get()) {
                        throw new IllegalStateException("not yet");
                      }
                    }))
            .select(query)
            .onFailure(OnFailure.park().withoutRetries().withoutLimit());
    try (Subscription subscription = daybook.subscriptions().start(subscriber)) {
      long position = journal.append("followed", ExpectedSeq.any(), moved(1)).position();
      if (!subscription.awaitPosition(position, Await.PATIENCE)) {
        throw new AssertionError(name + " does not come to " + position);
      }
      fails.set(false);
      daybook.subscriptions().list();
      daybook.subscriptions().find(name);
      daybook.status();
      daybook.subscriptions().deadLetters();
      daybook.subscriptions().deadLetters(name);
      daybook.subscriptions().retryDeadLetter(name, position);
      Await.until(
          () ->
              daybook.subscriptions().deadLetters(name).stream()
                  .noneMatch(letter -> letter.position() == position));
      daybook.subscriptions().pause(name);
      daybook.subscriptions().resume(name);
      daybook.subscriptions().reset(name, StartFrom.end());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  void load() {
    heard.during("Journal.bulkLoad", () -> journal.bulkLoad("load"));
    BulkLoad<ParcelEvent> load = journal.bulkLoad("load");
    heard.during(
        "BulkLoad.append",
        () -> load.append(List.of(Append.of("loaded", ExpectedSeq.any(), moved(1))), 1, ""));
    for (boolean tagged : BOTH) {
      RecordedEvent<ParcelEvent> recorded = recorded(tagged);
      heard.during(
          "BulkLoad.appendRecorded",
          () -> load.appendRecorded(List.of(recorded), load.progress().offset() + 1, ""));
    }
    heard.during("BulkLoad.forget", load::forget);
  }

  private RecordedEvent<ParcelEvent> recorded(boolean tagged) {
    return RecordedEvent.of(
        "recorded-" + tagged,
        1,
        journal.latestPosition() + 10,
        "Moved",
        tagged ? List.of("tag") : List.of(),
        Metadata.none(),
        Instant.EPOCH,
        moved(1));
  }

  void useSnapshots() {
    SnapshotStore<Integer> all = daybook.snapshots(Integer.class);
    SnapshotStore<Integer> pruned =
        daybook.snapshots(Integer.class, SnapshotOptions.defaults().withKeep(1));
    heard.during("SnapshotStore.save", () -> all.save("s-truetrue1", 1, 1));
    heard.during("SnapshotStore.save", () -> pruned.save("s-truetrue1", 2, 2));
    heard.during("SnapshotStore.loadLatest", () -> all.loadLatest("s-truetrue1"));
    heard.during("SnapshotStore.loadBefore", () -> all.loadBefore("s-truetrue1", 2));
    heard.during("SnapshotStore.list", () -> all.list("s-truetrue1").close());
    heard.during("SnapshotStore.listAll", () -> all.listAll().close());
    heard.during("SnapshotStore.delete", () -> all.delete("s-truetrue1", 1));
    heard.during("SnapshotStore.deleteAfter", () -> all.deleteAfter("s-truetrue1", 1));
    heard.during("SnapshotStore.invalidate", () -> all.invalidate("s-truetrue1"));
    heard.during("SnapshotStore.invalidateAll", all::invalidateAll);
  }

  void useDocuments() {
    Meta meta = FilledStore.META;
    heard.during("DocumentStore.append", () -> daybook.documents().append("doc-1", meta));
    heard.during(
        "DocumentStore.append",
        () -> daybook.documents().append("doc-1", FilledStore.entry("one")));
    heard.during(
        "DocumentStore.append",
        () ->
            daybook.transaction(
                tx -> daybook.documents().within(tx).append("doc-1", FilledStore.entry("two"))));
    heard.during(
        "DocumentStore.append",
        () -> daybook.documents().append("doc-2", List.of(meta, FilledStore.entry("three"))));
    heard.during("DocumentStore.append", () -> daybook.documents().append("doc-1", otherMeta()));
    heard.during(
        "DocumentStore.replace", () -> daybook.documents().replace("doc-1", List.of(meta)));
    heard.during("DocumentStore.loadAll", () -> daybook.documents().loadAll("doc-1").close());
    heard.during("DocumentStore.currentMeta", () -> daybook.documents().currentMeta("doc-1"));
    for (String prefix : List.of("", "doc-")) {
      heard.during(
          "DocumentStore.listDocIds", () -> daybook.documents().listDocIds(prefix).close());
      heard.during(
          "DocumentStore.listDocIds", () -> daybook.documents().listDocIds(prefix, "doc-1", 1));
    }
    heard.during("DocumentStore.delete", () -> daybook.documents().delete("doc-2"));
  }

  private static Meta otherMeta() {
    Meta meta = FilledStore.META;
    return new Meta(meta.replicaType(), meta.syncMode(), "another hash");
  }

  void useCheckpoints() {
    heard.during("CheckpointStore.save", () -> daybook.checkpoints().save("reader", 1));
    heard.during("CheckpointStore.load", () -> daybook.checkpoints().load("reader"));
    heard.during("CheckpointStore.list", () -> daybook.checkpoints().list());
    heard.during("CheckpointStore.reset", () -> daybook.checkpoints().reset("reader", 1));
    heard.during("CheckpointStore.delete", () -> daybook.checkpoints().delete("reader"));
  }

  void useStreams(Daybook archive) {
    String stream = "s-truetrue2";
    daybook.snapshots(Integer.class).save(stream, 1, 1);
    heard.during("Streams.status", () -> daybook.streams().status(stream));
    heard.during("Streams.archive", () -> daybook.streams().archive(stream));
    heard.during("Streams.restore", () -> daybook.streams().restore(stream));
    heard.during("Streams.archiveTo", () -> daybook.streams().archiveTo(stream, archive.streams()));
    heard.during(
        "Streams.restoreFrom", () -> daybook.streams().restoreFrom(stream, archive.streams()));
    heard.during("Streams.tombstone", () -> daybook.streams().tombstone(stream, "why"));
    heard.during("Streams.delete", () -> daybook.streams().delete("s-truefalse2"));
  }

  void maintain() {
    heard.during("Maintenance.verify", () -> daybook.maintenance().verify());
    heard.during("Maintenance.doctor", () -> daybook.maintenance().doctor());
    heard.during("Maintenance.typeCounts", () -> daybook.maintenance().typeCounts().close());
    heard.during("Maintenance.tagCounts", () -> daybook.maintenance().tagCounts().close());
    heard.during("Maintenance.totals", () -> daybook.maintenance().totals());
    heard.during("Maintenance.positionGaps", () -> daybook.maintenance().positionGaps());
  }

  /** Where callers who append at the same time share statements: until all of these have run. */
  void appendTogether(BooleanSupplier all) {
    Await.until(
        () -> {
          for (boolean tagged : BOTH) {
            for (boolean plain : BOTH) {
              for (int count = 1; count <= 2; count++) {
                List<NewEvent<ParcelEvent>> events = events(count, tagged, plain);
                heard.during("Journal.append", () -> collide(events));
              }
            }
          }
          heard.during("DocumentStore.append", this::collideInDocuments);
          return all.getAsBoolean();
        });
  }

  private void collide(List<NewEvent<ParcelEvent>> events) {
    ConcurrentRendezvous.collide(
            CALLERS,
            caller ->
                () -> {
                  for (int n = 0; n < 8; n++) {
                    journal.append(Append.of("c-" + caller % 4, ExpectedSeq.any(), events));
                  }
                  return caller;
                })
        .forEach(ConcurrentRendezvous.Outcome::orThrow);
  }

  private void collideInDocuments() {
    ConcurrentRendezvous.collide(
            CALLERS,
            caller ->
                () -> {
                  for (int n = 0; n < 8; n++) {
                    daybook.documents().append("doc-1", FilledStore.entry("more"));
                  }
                  return caller;
                })
        .forEach(ConcurrentRendezvous.Outcome::orThrow);
  }

  private static List<NewEvent<ParcelEvent>> events(int count, boolean tagged, boolean plain) {
    List<NewEvent<ParcelEvent>> events = new ArrayList<>();
    Stream.generate(() -> NewEvent.<ParcelEvent>of(moved(1)))
        .limit(count)
        .map(event -> tagged ? event.tagged("tag") : event)
        .map(event -> plain ? event : event.withMetadata(Metadata.of("a", "b")))
        .forEach(events::add);
    return events;
  }

  private static void failing(ThrowingCallable work) {
    assertThatThrownBy(work).isNotNull();
  }
}
