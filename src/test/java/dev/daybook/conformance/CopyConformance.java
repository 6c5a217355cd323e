package dev.daybook.conformance;

import static dev.daybook.conformance.FilledStore.META;
import static dev.daybook.conformance.FilledStore.SEALED;
import static dev.daybook.conformance.FilledStore.entry;
import static dev.daybook.conformance.ParcelEvent.moved;
import static dev.daybook.internal.jooq.Tables.CHECKPOINTS;
import static dev.daybook.internal.jooq.Tables.DOC_RECORDS;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.SNAPSHOTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.error.InvalidInputException;
import dev.daybook.fixture.StoreTables;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamArchivedException;
import dev.daybook.journal.StreamDeletedException;
import dev.daybook.journal.StreamTombstonedException;
import dev.daybook.settings.TableNames;
import dev.daybook.transfer.Mismatch;
import dev.daybook.transfer.StoreContent;
import dev.daybook.transfer.TransferException;
import dev.daybook.transfer.TransferException.Reason;
import dev.daybook.transfer.TransferOptions;
import dev.daybook.transfer.TransferProgress;
import dev.daybook.transfer.TransferProgress.Step;
import dev.daybook.transfer.TransferReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole store copied to another one, each of any kind: nothing is lost, doubled or changed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class CopyConformance {

  private final Function<Path, DatabaseFixture> sources;
  private final Function<Path, DatabaseFixture> targets;
  private final List<DatabaseFixture> databases = new ArrayList<>();
  private final List<Daybook> opened = new ArrayList<>();

  @TempDir private Path directory;
  private DatabaseFixture sourceDatabase;
  private DatabaseFixture targetDatabase;
  private Daybook source;
  private Daybook target;
  private Journal<ParcelEvent> journal;

  protected CopyConformance(
      Function<Path, DatabaseFixture> sources, Function<Path, DatabaseFixture> targets) {
    this.sources = sources;
    this.targets = targets;
  }

  @BeforeEach
  void open() {
    sourceDatabase = database(sources, "source");
    targetDatabase = database(targets, "target");
    source = open(sourceDatabase, options -> {});
    target = open(targetDatabase, options -> {});
    journal = source.journal(ParcelEvent.class);
  }

  @AfterEach
  void close() {
    opened.forEach(Daybook::close);
    databases.forEach(DatabaseFixture::requireNothingLeft);
    databases.forEach(DatabaseFixture::close);
  }

  @Test
  void everything_is_copied_as_it_is_stored() {
    FilledStore.fill(source);
    StoredStore before = StoredStore.of(source);
    Set<Step> steps = EnumSet.noneOf(Step.class);

    TransferReport report =
        source.copyTo(
            target,
            TransferOptions.defaults().withProgress((step, done, total) -> steps.add(step)));

    assertThat(report.isComplete()).isTrue();
    assertThat(StoredStore.of(target)).isEqualTo(before);
    assertThat(StoredStore.of(source)).isEqualTo(before);
    assertThat(steps).isEqualTo(EnumSet.allOf(Step.class));
    StoreContent content = report.content().orElseThrow();
    assertThat(content)
        .usingRecursiveComparison()
        .ignoringFields("hash")
        .isEqualTo(new StoreContent.Values(6, 16, 30, 2, 2, 5, 2, 1, 1, ""));
    assertThat(before.size()).isEqualTo(6 + 16 + 30 + 2 + 2 + 5 + 2 + 1 + 1);
    assertThat(content.hash()).matches("[0-9a-f]{64}");
    assertThat(report.copiedEvents()).isEqualTo(16);
    assertThat(report.position()).isEqualTo(journal.latestPosition());
    assertThat(report.mismatches()).isEmpty();
  }

  @Test
  void an_empty_store_is_copied_and_what_is_behind_an_empty_one_too() {
    TransferReport empty = source.copyTo(target);
    source.documents().append("d", META);
    TransferReport further = source.copyTo(target);

    assertThat(empty.isComplete()).isTrue();
    assertThat(empty.content().orElseThrow().events()).isZero();
    assertThat(further.isComplete()).isTrue();
    assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
  }

  @Test
  void the_target_answers_as_the_source_does() {
    FilledStore.fill(source);
    List<RecordedEvent<ParcelEvent>> sealed =
        journal.with(SEALED).read(EventQuery.stream("a").to(8));
    List<RecordedEvent<EncodedEvent>> tagged =
        source.rawJournal().read(EventQuery.all().taggedAllOf("tag-2", "all"));

    source.copyTo(target);
    Journal<ParcelEvent> copied = target.journal(ParcelEvent.class);

    assertThat(copied.with(SEALED).read(EventQuery.stream("a").to(8))).isEqualTo(sealed);
    assertThat(target.rawJournal().read(EventQuery.all().taggedAllOf("tag-2", "all")))
        .hasSameSizeAs(tagged)
        .isNotEmpty();
    assertThat(target.snapshots(Integer.class).with(SEALED).loadLatest("a").orElseThrow().state())
        .isEqualTo(4);
    assertThat(target.checkpoints().list()).isEqualTo(source.checkpoints().list());
    assertThat(target.subscriptions().list())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("lagTime")
        .isEqualTo(source.subscriptions().list());
    assertThat(target.subscriptions().deadLetters("orders"))
        .isEqualTo(source.subscriptions().deadLetters("orders"))
        .hasSize(1);
    assertThat(target.maintenance().verify().findings())
        .isEqualTo(source.maintenance().verify().findings());
    for (String stream : List.of("a", "archived", "tombstoned", "emptied", "last")) {
      assertThat(target.streams().status(stream)).isEqualTo(source.streams().status(stream));
    }
    assertThat(catchThrowable(() -> copied.append("archived", ExpectedSeq.any(), moved(1))))
        .isInstanceOf(StreamArchivedException.class);
    assertThat(catchThrowable(() -> copied.append("tombstoned", ExpectedSeq.any(), moved(1))))
        .isInstanceOf(StreamTombstonedException.class);
    assertThat(catchThrowable(() -> copied.append("last", ExpectedSeq.any(), moved(1))))
        .isInstanceOf(StreamDeletedException.class);
  }

  @Test
  void the_target_goes_on_where_the_source_has_ended() {
    FilledStore.fill(source);
    List<NewEvent<ParcelEvent>> one = List.of(NewEvent.of(moved(1)));
    List<RecordedEvent<ParcelEvent>> recorded =
        journal.append(Append.of("k", ExpectedSeq.noStream(), one).withIdempotencyKey("again"));
    long last = journal.append("gone", ExpectedSeq.noStream(), moved(1)).position();
    journal.delete("gone", 1);

    source.copyTo(target);
    Journal<ParcelEvent> copied = target.journal(ParcelEvent.class);

    assertThat(
            copied.append(Append.of("k", ExpectedSeq.noStream(), one).withIdempotencyKey("again")))
        .isEqualTo(recorded);
    RecordedEvent<ParcelEvent> next = copied.append("gone", ExpectedSeq.exactly(1), moved(2));
    assertThat(next.seq()).isEqualTo(2);
    assertThat(next.position()).isGreaterThan(last);
    assertThat(copied.append("a", ExpectedSeq.streamExists(), moved(3)).position())
        .isGreaterThan(next.position());
  }

  @Test
  void positions_of_events_that_are_all_gone_are_not_given_again() {
    journal.append("gone", ExpectedSeq.noStream(), moved(1));
    long last = journal.append("gone", ExpectedSeq.any(), moved(2)).position();
    journal.delete("gone", 2);

    source.copyTo(target);

    assertThat(
            target.journal(ParcelEvent.class).append("b", ExpectedSeq.any(), moved(1)).position())
        .isGreaterThan(last);
  }

  @Test
  void who_holds_a_lease_is_not_copied_and_its_fence_is() {
    FilledStore.fill(source);
    source.transaction(
        tx ->
            StoreTables.in(tx)
                .update(CHECKPOINTS)
                .set(CHECKPOINTS.OWNER, "somebody")
                .set(CHECKPOINTS.PLACE, "somewhere")
                .set(CHECKPOINTS.LEASE_MILLIS, 10_000L)
                .set(CHECKPOINTS.ASKED, 1L)
                .set(CHECKPOINTS.FENCE, 41L)
                .where(CHECKPOINTS.CONSUMER.eq("orders"))
                .execute());

    assertThat(source.copyTo(target).isComplete()).isTrue();

    String row =
        target.transactionResult(
            tx ->
                StoreTables.in(tx)
                    .select(
                        CHECKPOINTS.FENCE,
                        CHECKPOINTS.OWNER,
                        CHECKPOINTS.PLACE,
                        CHECKPOINTS.LEASE_MILLIS,
                        CHECKPOINTS.ASKED)
                    .from(CHECKPOINTS)
                    .where(CHECKPOINTS.CONSUMER.eq("orders"))
                    .fetchSingle()
                    .intoList()
                    .toString());
    assertThat(row).isEqualTo("[41, null, null, null, null]");
  }

  @Test
  void more_than_a_page_of_everything_and_rows_larger_than_a_page_are_copied() {
    for (int n = 0; n < 1_300; n++) {
      journal.append(
          Append.of(
              "stream-" + n % 700,
              ExpectedSeq.any(),
              List.of(NewEvent.<ParcelEvent>of(moved(n)).tagged("n-" + n % 3, "m-" + n % 5))));
    }
    byte[] large = new byte[3 << 20];
    for (int n = 0; n < 4; n++) {
      large[n] = 1;
      source
          .rawJournal()
          .append("large", ExpectedSeq.any(), new EncodedEvent("L", 1, "own", large, null, null));
    }
    for (int n = 0; n < 600; n++) {
      source.documents().append("doc-" + n, META);
      source.snapshots(Integer.class).save("stream-" + n, 1, n);
      source.checkpoints().save("consumer-" + n, n);
    }
    source.documents().append("doc-0", List.of(entry("x".repeat(3 << 20)), entry("y")));

    TransferReport report = source.copyTo(target);

    assertThat(report.isComplete()).isTrue();
    assertThat(report.copiedEvents()).isEqualTo(1_304);
    assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
  }

  @Test
  void both_stores_may_have_other_table_names() {
    Daybook there = open(targetDatabase, options -> options.tables(TableNames.prefixed("shop_")));
    FilledStore.fill(source);

    TransferReport report = source.copyTo(there);

    assertThat(report.isComplete()).isTrue();
    assertThat(there.rawJournal().read(EventQuery.all()))
        .hasSameSizeAs(source.rawJournal().read(EventQuery.all()));
    assertThat(target.rawJournal().read(EventQuery.all())).isEmpty();
    DatabaseFixture third = database(sources, "third");
    Daybook back = open(third, options -> {});
    assertThat(there.copyTo(back).content()).isEqualTo(report.content());
    assertThat(StoredStore.of(back)).isEqualTo(StoredStore.of(source));
  }

  @Test
  void what_has_changed_since_is_brought_up_to_date() {
    FilledStore.fill(source);
    source.copyTo(target);
    assertThat(source.copyTo(target).copiedEvents()).isZero();

    changeEverything(source);
    TransferReport report = source.copyTo(target);

    assertThat(report.isComplete()).isTrue();
    assertThat(report.copiedEvents()).isEqualTo(2);
    assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
  }

  @Test
  void a_stream_that_was_moved_away_and_back_has_its_new_positions() {
    FilledStore.fill(source);
    source.copyTo(target);
    Daybook archive = open(database(sources, "archive"), options -> {});

    source.streams().archiveTo("a", archive.streams());
    source.streams().restoreFrom("a", archive.streams());
    assertThat(source.copyTo(target).isComplete()).isTrue();
    assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));

    source.streams().archiveTo("a", archive.streams());
    assertThat(source.copyTo(target).isComplete()).isTrue();
    assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));

    source.streams().restoreFrom("a", archive.streams());
    assertThat(source.copyTo(target).isComplete()).isTrue();
    assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
    assertThat(target.maintenance().verify().findings())
        .isEqualTo(source.maintenance().verify().findings());
  }

  @Test
  void a_copy_that_was_interrupted_anywhere_is_finished_by_the_next() {
    FilledStore.fill(source);
    StoredStore before = StoredStore.of(source);
    int interruptions = 0;
    while (true) {
      AtomicInteger left = new AtomicInteger(interruptions);
      Throwable thrown =
          catchThrowable(
              () ->
                  copy(
                      (step, done, total) -> {
                        if (left.getAndDecrement() == 0) {
                          throw new Interruption();
                        }
                      }));
      if (thrown == null) {
        break;
      }
      assertThat(thrown).isInstanceOf(Interruption.class);
      interruptions++;
      if (interruptions % 5 == 0) {
        changeSomething(source, interruptions);
        before = StoredStore.of(source);
      }
    }

    assertThat(interruptions).as("reports of progress").isGreaterThanOrEqualTo(15);
    assertThat(StoredStore.of(target)).isEqualTo(before);
    assertThat(source.copyTo(target).isComplete()).isTrue();
  }

  @Test
  void what_is_written_to_the_source_meanwhile_is_caught_up_with() {
    FilledStore.fill(source);
    Set<Step> seen = EnumSet.noneOf(Step.class);
    AtomicInteger changes = new AtomicInteger();

    TransferReport report =
        copy(
            (step, done, total) -> {
              if (step != Step.VERIFY && step != Step.TARGET && seen.add(step)) {
                changeSomething(source, changes.incrementAndGet());
              }
            });

    assertThat(changes).hasValue(5);
    assertThat(report.isComplete()).isTrue();
    assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
  }

  @Test
  void a_source_that_is_written_all_the_time_is_said_to_be_ahead_and_then_caught_up_with() {
    FilledStore.fill(source);
    AtomicInteger changes = new AtomicInteger();

    TransferReport behind =
        copy(
            (step, done, total) -> {
              if (step == Step.STREAMS) {
                changeSomething(source, changes.incrementAndGet());
              }
            });

    assertThat(behind.isBehind()).isTrue();
    assertThat(behind.isComplete()).isFalse();
    assertThat(behind.eventsBehind()).isEqualTo(1);
    assertThat(behind.rowsBehind()).isPositive();
    assertThat(behind.content()).isEmpty();

    TransferReport further = source.copyTo(target);
    assertThat(further.copiedEvents()).isEqualTo(1);
    assertThat(further.isComplete()).isTrue();
    assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
  }

  @Test
  void what_is_written_while_both_are_compared_is_behind() {
    FilledStore.fill(source);
    AtomicBoolean written = new AtomicBoolean();
    TransferProgress progress =
        (step, done, total) -> {
          if (step == Step.VERIFY && !written.getAndSet(true)) {
            changeSomething(source, 1);
          }
        };

    if (sourceDatabase.isShared()) {
      TransferReport report = copy(progress);
      assertThat(report.eventsBehind()).isEqualTo(1);
      assertThat(report.content().orElseThrow().events()).isEqualTo(16);
      assertThat(report.mismatches()).isEmpty();
    } else {
      assertThatThrownBy(() -> copy(progress)).isInstanceOf(IllegalStateException.class);
      changeSomething(source, 1);
    }
    assertThat(source.copyTo(target).isComplete()).isTrue();
    assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
  }

  @Test
  void writers_and_a_copy_at_once_lose_nothing() {
    FilledStore.fill(source);
    List<Journal<ParcelEvent>> journals = List.of(journal, source.journal(ParcelEvent.class));

    List<ConcurrentRendezvous.Outcome<Integer>> outcomes =
        ConcurrentRendezvous.collide(
            3,
            n ->
                () -> {
                  if (n == 2) {
                    copy((step, done, total) -> {});
                  } else {
                    for (int i = 0; i < 100; i++) {
                      journals.get(n).append("w" + n, ExpectedSeq.exactly(i), moved(i));
                      if (i % 10 == 9) {
                        journals.get(n).delete("w" + n, i - 5);
                      }
                    }
                  }
                  return n;
                });

    outcomes.forEach(ConcurrentRendezvous.Outcome::orThrow);
    assertThat(source.copyTo(target).isComplete()).isTrue();
    assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
  }

  /** What somebody else may have in a store. */
  private enum Foreign {
    EVENT {
      @Override
      void put(Daybook daybook) {
        daybook.journal(ParcelEvent.class).append("foreign", ExpectedSeq.any(), moved(1));
      }
    },
    DOCUMENT {
      @Override
      void put(Daybook daybook) {
        daybook.documents().append("foreign", META);
      }
    },
    CHECKPOINT {
      @Override
      void put(Daybook daybook) {
        daybook.checkpoints().save("foreign", 1);
      }
    },
    SNAPSHOT {
      @Override
      void put(Daybook daybook) {
        daybook.snapshots(Integer.class).save("foreign", 1, 1);
      }
    },
    DEAD_LETTER {
      @Override
      void put(Daybook daybook) {
        FilledStore.park(daybook, "foreign", 1, "failed");
      }
    };

    abstract void put(Daybook daybook);
  }

  @ParameterizedTest
  @EnumSource(Foreign.class)
  void a_target_with_content_of_its_own_is_refused_and_left_alone(Foreign foreign) {
    FilledStore.fill(source);
    foreign.put(target);
    StoredStore before = StoredStore.of(target);

    assertRefused(Reason.TARGET_NOT_EMPTY, () -> source.copyTo(target));

    assertThat(StoredStore.of(target)).isEqualTo(before);
    assertThat(rowsOfCopies(target)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Foreign.class)
  void a_target_that_was_used_after_the_copy_is_refused_and_left_alone(Foreign foreign) {
    FilledStore.fill(source);
    source.copyTo(target);
    foreign.put(target);
    StoredStore before = StoredStore.of(target);
    foreign.put(source);

    assertRefused(Reason.TARGET_CHANGED, () -> source.copyTo(target));

    assertThat(StoredStore.of(target)).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(names = "VERIFY", mode = EnumSource.Mode.EXCLUDE)
  void an_event_that_somebody_else_appends_is_never_taken_for_one_that_was_deleted(Step step) {
    FilledStore.fill(source);
    AtomicBoolean appended = new AtomicBoolean();

    assertRefused(
        Reason.TARGET_CHANGED,
        () ->
            copy(
                (now, done, total) -> {
                  if (now == step && !appended.getAndSet(true)) {
                    Foreign.EVENT.put(target);
                  }
                }));
    assertThat(target.rawJournal().read(EventQuery.stream("foreign"))).hasSize(1);
    assertRefused(Reason.TARGET_CHANGED, () -> source.copyTo(target));
  }

  @Test
  void the_copy_of_another_source_is_refused_and_left_alone() {
    FilledStore.fill(source);
    Daybook other = open(database(sources, "other"), options -> {});
    other.journal(ParcelEvent.class).append("x", ExpectedSeq.any(), moved(1));
    for (boolean interrupted : List.of(true, false)) {
      Daybook there = open(database(targets, "there-" + interrupted), options -> {});
      if (interrupted) {
        interruptAt(other, there, Step.VERIFY);
      } else {
        other.copyTo(there);
      }
      StoredStore before = StoredStore.of(there);

      assertRefused(Reason.OTHER_SOURCE, () -> source.copyTo(there));

      assertThat(StoredStore.of(there)).isEqualTo(before);
      assertThat(other.copyTo(there).isComplete()).isTrue();
    }
  }

  @Test
  void without_events_the_copy_of_another_source_is_known_by_its_documents() {
    source.documents().append("ours", META);
    Daybook other = open(database(sources, "other"), options -> {});
    other.documents().append("theirs", META);
    other.copyTo(target);

    assertRefused(Reason.OTHER_SOURCE, () -> source.copyTo(target));
  }

  @Test
  void an_older_state_of_the_source_that_has_gone_another_way_is_another_source() {
    FilledStore.fill(source);
    Daybook older = open(database(sources, "older"), options -> {});
    source.copyTo(older);
    journal.append("a", ExpectedSeq.any(), moved(10));
    source.copyTo(target);
    older.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), moved(11));
    older.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), moved(12));

    assertRefused(Reason.OTHER_SOURCE, () -> older.copyTo(target));
  }

  @Test
  void an_unfinished_copy_is_no_source() {
    FilledStore.fill(source);
    interruptAt(source, target, Step.STREAMS);
    Daybook third = open(database(targets, "third"), options -> {});

    assertRefused(Reason.SOURCE_UNFINISHED, () -> target.copyTo(third));

    assertThat(rowsOfCopies(third)).isZero();
    assertThat(source.copyTo(target).isComplete()).isTrue();
    assertThat(target.copyTo(third).isComplete()).isTrue();
    assertThat(StoredStore.of(third)).isEqualTo(StoredStore.of(source));
  }

  @Test
  void a_store_is_not_copied_to_itself() {
    FilledStore.fill(source);
    assertThatThrownBy(() -> source.copyTo(source)).isInstanceOf(InvalidInputException.class);
    Daybook another = open(sourceDatabase, options -> {});
    Daybook empty = open(targetDatabase, options -> {});

    if (sourceDatabase.isShared()) {
      assertRefused(Reason.TARGET_NOT_EMPTY, () -> source.copyTo(another));
    } else {
      assertThat(source.copyTo(another).isComplete()).isTrue();
    }
    if (targetDatabase.isShared()) {
      assertThatThrownBy(() -> target.copyTo(empty)).isInstanceOf(InvalidInputException.class);
      source.copyTo(target);
      assertThatThrownBy(() -> target.copyTo(empty)).isInstanceOf(InvalidInputException.class);
      assertThat(source.copyTo(target).isComplete()).isTrue();
    } else {
      assertThat(target.copyTo(empty).isComplete()).isTrue();
    }
  }

  @Test
  void a_run_that_another_one_has_overtaken_writes_nothing_any_more() {
    FilledStore.fill(source);
    AtomicBoolean overtaken = new AtomicBoolean();

    assertRefused(
        Reason.TAKEN_OVER,
        () ->
            copy(
                (step, done, total) -> {
                  if (step == Step.STREAMS && !overtaken.getAndSet(true)) {
                    assertThat(source.copyTo(target).isComplete()).isTrue();
                  }
                }));

    assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
    assertThat(source.copyTo(target).isComplete()).isTrue();
  }

  @Test
  void what_differs_though_nothing_was_written_is_named() {
    FilledStore.fill(source);
    source.copyTo(target);
    source.transaction(
        tx ->
            StoreTables.in(tx)
                .update(EVENTS)
                .set(EVENTS.PAYLOAD, new byte[] {1})
                .where(EVENTS.STREAM_ID.eq("archived"))
                .and(EVENTS.SEQ.eq(2L))
                .execute());

    TransferReport report = source.copyTo(target);

    assertThat(report.isComplete()).isFalse();
    assertThat(report.isBehind()).isFalse();
    assertThat(report.mismatchCount()).isEqualTo(1);
    assertThat(report.mismatches())
        .containsExactly(new Mismatch(Mismatch.Kind.STREAM, "archived", 13, 13));
  }

  private static void changeEverything(Daybook daybook) {
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
    journal.append(
        Append.of(
            "a",
            ExpectedSeq.any(),
            List.of(NewEvent.<ParcelEvent>of(moved(20)).tagged("all"), NewEvent.of(moved(21)))));
    journal.delete("a", 3);
    daybook.streams().restore("archived");
    journal.delete("archived", 1);
    daybook.streams().restore("tombstoned");
    daybook.streams().delete("tombstoned");
    daybook.snapshots(Integer.class).invalidate("a");
    daybook.snapshots(Integer.class).save("archived", 2, 2);
    daybook.documents().delete("note \uD83D\uDE00");
    daybook.documents().append("note \uD83D\uDE00", List.of(META, entry("again")));
    daybook.documents().replace("note \uFFFD", List.of(META));
    daybook.documents().append("another", META);
    daybook.checkpoints().save("orders", 4);
    daybook.checkpoints().delete("Orders");
    daybook.checkpoints().save("invoices", 1);
    daybook.subscriptions().list();
    FilledStore.park(daybook, "invoices", 1, "failed");
    assertThat(StoredStore.of(daybook).rows(SNAPSHOTS)).hasSize(1);
    assertThat(StoredStore.of(daybook).rows(DOC_RECORDS)).hasSize(4);
  }

  private static void changeSomething(Daybook daybook, int n) {
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
    journal.append("a", ExpectedSeq.any(), moved(n));
    journal.delete("a", n);
    daybook.documents().replace("note \uFFFD", List.of(META, entry("change " + n)));
    daybook.checkpoints().save("orders", 100 + n);
    daybook.snapshots(Integer.class).save("a", n, n);
  }

  private TransferReport copy(TransferProgress progress) {
    return source.copyTo(target, TransferOptions.defaults().withProgress(progress));
  }

  private static void interruptAt(Daybook from, Daybook to, Step last) {
    assertThatThrownBy(
            () ->
                from.copyTo(
                    to,
                    TransferOptions.defaults()
                        .withProgress(
                            (step, done, total) -> {
                              if (step == last) {
                                throw new Interruption();
                              }
                            })))
        .isInstanceOf(Interruption.class);
  }

  private static void assertRefused(Reason reason, Runnable copy) {
    assertThatThrownBy(copy::run)
        .isInstanceOfSatisfying(
            TransferException.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private static int rowsOfCopies(Daybook daybook) {
    return daybook.transactionResult(
        tx -> StoreTables.in(tx).fetchCount(CHECKPOINTS, CHECKPOINTS.CONSUMER.eq("")));
  }

  private DatabaseFixture database(Function<Path, DatabaseFixture> kind, String name) {
    try {
      DatabaseFixture database = kind.apply(Files.createDirectory(directory.resolve(name)));
      databases.add(database);
      return database;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Daybook open(DatabaseFixture database, Consumer<DaybookBuilder> options) {
    Daybook daybook = database.open(options);
    opened.add(daybook);
    return daybook;
  }

  private static final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
