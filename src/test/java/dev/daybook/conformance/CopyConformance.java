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
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.Daybook;
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
import dev.daybook.transfer.TransferOptions;
import dev.daybook.transfer.TransferProgress.Step;
import dev.daybook.transfer.TransferReport;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A whole store copied to another one, each of any kind: nothing is lost, doubled or changed. */
public abstract class CopyConformance extends CopyingConformance {

  protected CopyConformance(
      Function<Path, DatabaseFixture> sources, Function<Path, DatabaseFixture> targets) {
    super(sources, targets);
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
        .isEqualTo(new StoreContent.StoreContentValues(6, 16, 30, 2, 2, 5, 2, 1, 1, ""));
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
}
