package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.maintenance.Finding;
import dev.daybook.maintenance.Finding.Kind;
import dev.daybook.maintenance.Progress.Step;
import dev.daybook.maintenance.VerifyOptions;
import dev.daybook.maintenance.VerifyReport;
import dev.daybook.payload.Compression;
import dev.daybook.payload.KeyRing;
import dev.daybook.payload.PayloadOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The check of a database: what it finds, and that it finds nothing else. */
public abstract class MaintenanceConformance extends JournalConformance {

  private static final PayloadOptions SECRET =
      PayloadOptions.plain()
          .compressed(Compression.GZIP)
          .encrypted(KeyRing.of("key-1", new byte[32]));
  private static final Meta META =
      new Meta(new ReplicaType("text", 1, 0), new SyncMode("a", "b", "c"), "hash-1");

  private Planting planting = Planting.SQLITE;

  protected MaintenanceConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  /** Damage, with the one thing that is to be found. */
  enum Damage {
    HOLE(Kind.EVENT_MISSING, "plain", 2, "delete from events where stream_id='plain' and seq=2"),
    LAST_EVENT_GONE(
        Kind.EVENT_MISSING, "plain", 4, "delete from events where stream_id='plain' and seq=4"),
    ALL_EVENTS_GONE(Kind.EVENT_MISSING, "plain", 1, "delete from events where stream_id='plain'"),
    DELETED_EVENT_IS_THERE(
        Kind.EVENT_DELETED, "plain", 1, "update streams set deleted_to=1 where stream_id='plain'"),
    EVENT_OF_A_DELETED_STREAM(
        Kind.EVENT_DELETED,
        "secret",
        1,
        "update streams set state='DELETED' where stream_id='secret'"),
    STREAM_GONE(Kind.STREAM_MISSING, "cut", 4, "delete from streams where stream_id='cut'"),
    LAST_STREAM_GONE(
        Kind.STREAM_MISSING, "zipped", 1, "delete from streams where stream_id='zipped'"),
    UNKNOWN_STATE(
        Kind.STREAM_ROW, "plain", 0, "update streams set state='LOST' where stream_id='plain'"),
    DELETED_BEYOND_MARK(
        Kind.STREAM_ROW, "gone", 0, "update streams set deleted_to=9 where stream_id='gone'"),
    POSITIONS_OUT_OF_ORDER(
        Kind.POSITION_ORDER,
        "plain",
        2,
        "update events set global_position=(select max(global_position)+1 from events) where stream_id='plain' and seq=1",
        "positions := select max(global_position) from events"),
    TAG_ROW_GONE(
        Kind.TAG_MISSING,
        "tagged",
        1,
        "delete from events_tags where stream_id='tagged' and tag='red'"),
    TAG_ROW_TOO_MANY(
        Kind.TAG_UNEXPECTED,
        "tagged",
        1,
        "insert into events_tags select stream_id,seq,'green',global_position from events where stream_id='tagged' and seq=1"),
    TAG_ROW_OF_AN_UNTAGGED_EVENT(
        Kind.TAG_UNEXPECTED,
        "plain",
        2,
        "insert into events_tags select stream_id,seq,'green',global_position from events where stream_id='plain' and seq=2"),
    TAG_AT_ANOTHER_POSITION(
        Kind.TAG_POSITION,
        "tagged",
        1,
        "update events_tags set global_position=77 where stream_id='tagged' and tag='blue'"),
    TAGS_NO_ARRAY(
        Kind.TAGS_UNREADABLE,
        "tagged",
        1,
        "update events set tags='{\"red\":1}' where stream_id='tagged'"),
    METADATA_NO_OBJECT(
        Kind.METADATA_UNREADABLE,
        "tagged",
        1,
        "update events set metadata='{\"correlation_id\":' where stream_id='tagged'"),
    PAYLOAD_NO_JSON(
        Kind.PAYLOAD_UNREADABLE,
        "plain",
        3,
        "update events set payload=bytes('{\"leg\"') where stream_id='plain' and seq=3"),
    PAYLOAD_NO_GZIP(
        Kind.PAYLOAD_UNREADABLE,
        "zipped",
        1,
        "update events set payload=bytes('PK') where stream_id='zipped'"),
    UNKNOWN_COMPRESSION(
        Kind.PAYLOAD_UNREADABLE,
        "plain",
        3,
        "update events set compression='lha' where stream_id='plain' and seq=3"),
    SNAPSHOT_BEYOND_MARK(
        Kind.SNAPSHOT_AHEAD, "plain", 9, "update snapshots set seq=9 where stream_id='plain'"),
    SNAPSHOT_NO_JSON(
        Kind.SNAPSHOT_UNREADABLE,
        "plain",
        3,
        "update snapshots set state=bytes('three') where stream_id='plain'"),
    CHECKPOINT_BEYOND_JOURNAL(
        Kind.CHECKPOINT_AHEAD,
        "mailer",
        1_000,
        "update checkpoints set global_position=1000 where consumer='mailer'"),
    META_RECORD_GONE(
        Kind.DOCUMENT_META,
        "note",
        0,
        "delete from doc_records where doc_id='note' and kind='meta'"),
    META_CHANGED(
        Kind.DOCUMENT_META, "note", 0, "update doc_meta set data='{}' where doc_id='note'"),
    META_GONE(Kind.DOCUMENT_META, "note", 0, "delete from doc_meta where doc_id='note'"),
    RECORD_GONE(
        Kind.RECORD_MISSING, "note", 2, "delete from doc_records where doc_id='note' and seq=2"),
    RECORD_NO_JSON(
        Kind.RECORD_UNREADABLE,
        "note",
        2,
        "update doc_records set payload='[' where doc_id='note' and seq=2"),
    DEAD_LETTER_OF_NOTHING(
        Kind.DEAD_LETTER_LOST,
        "mailer",
        500,
        "insert into dead_letters values ('mailer',500,'plain',5,'moved',1,'no','0',null,null,0)");

    final Kind kind;
    final @Nullable String id;
    final long seq;
    final String sql;

    Damage(Kind kind, @Nullable String id, long seq, String... sql) {
      this.kind = kind;
      this.id = id;
      this.seq = seq;
      this.sql = String.join(";", sql);
    }
  }

  @BeforeEach
  void fill() {
    planting = Planting.of(database.family());
    appendMoves("plain", 4);
    appendEvent(
        "tagged",
        NewEvent.of(ParcelEvent.moved(1))
            .tagged("red", "blue")
            .withMetadata(Metadata.of("correlationId", "c-1")));
    appendMoves("cut", 5);
    journal.delete("cut", 3);
    appendMoves("gone", 2);
    journal.delete("gone", 2);
    journal.raiseHighWaterMark("raised", 7);
    appendMoves("raised", 1);
    appendMoves("\uFF5E behind in UTF-16", 1);
    appendMoves("\uD83D\uDE00 behind in UTF-8", 1);
    journal.with(SECRET).append("secret", ExpectedSeq.noStream(), ParcelEvent.moved(1));
    journal
        .with(PayloadOptions.plain().compressed(Compression.GZIP))
        .append("zipped", ExpectedSeq.noStream(), ParcelEvent.moved(1));
    daybook.snapshots(String.class).save("plain", 3, "three");
    daybook.documents().append("note", META);
    daybook.documents().append("note", Entry.since(EntryData.json("[1]"), "v1"));
    daybook.documents().append("note", Entry.since(EntryData.binary(new byte[] {1}), "v2"));
    daybook.documents().append("other", META);
    daybook.documents().replace("other", List.of(META, Entry.since(EntryData.json("2"), "v1")));
    // The newest event goes, and a consumer had seen it.
    appendMoves("last", 1);
    daybook.checkpoints().save("mailer", journal.latestPosition());
    journal.delete("last", 1);
  }

  @Test
  void a_healthy_database_has_no_findings() {
    VerifyReport report = daybook.maintenance().verify();

    assertThat(report.findings()).isEmpty();
    assertThat(report.isHealthy()).isTrue();
    assertThat(report.events()).isEqualTo(everything(journal.raw()));
    try (Stream<String> documents = daybook.documents().listDocIds("")) {
      assertThat(report.documents()).isPositive().isEqualTo(documents.count());
    }
    assertThat(report.unopened()).isEqualTo(1);
  }

  @Test
  void archived_tombstoned_and_deleted_streams_are_healthy() {
    plant("update streams set state='DELETED', changed_at=1 where stream_id='gone'");
    plant("update streams set state='TOMBSTONED', reason='r', changed_at=1 where stream_id='cut'");
    plant("update streams set state='ARCHIVED', changed_at=1 where stream_id='plain'");
    plant("update streams set state='ARCHIVED', changed_at=1 where stream_id='last'");

    assertThat(daybook.maintenance().verify().findings()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void damage_is_found_where_it_is(Damage damage) {
    Stream.of(damage.sql.split(";")).forEach(this::plant);
    List<Finding> heard = new ArrayList<>();

    VerifyReport report =
        daybook.maintenance().verify(VerifyOptions.defaults().withFindings(heard::add));

    assertThat(report.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(damage.kind);
              assertThat(finding.id()).isEqualTo(damage.id);
              assertThat(finding.seq()).isEqualTo(damage.seq);
              assertThat(finding.text()).contains(damage.id == null ? "position" : damage.id);
            });
    assertThat(heard).isEqualTo(report.findings());
    assertThat(report.counts()).isEqualTo(Map.of(damage.kind, 1L));
    assertThat(report.isIntact()).isEqualTo(damage.kind.severity() == Finding.Severity.WARNING);
  }

  /** What is damage only where several write at a time: one writer looks at the events, too. */
  enum LostCount {
    MARK_TOO_LOW(Kind.EVENT_BEYOND_MARK, "update streams set last_seq=3 where stream_id='plain'"),
    POSITIONS_FORGOTTEN(
        Kind.POSITIONS_REUSABLE, "positions := 1;update checkpoints set global_position=1");

    private final Kind kind;
    private final String sql;

    LostCount(Kind kind, String sql) {
      this.kind = kind;
      this.sql = sql;
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_count_that_is_behind_the_events_is_found_where_they_are_not_counted_anyway(
      LostCount lost) {
    Stream.of(lost.sql.split(";")).forEach(this::plant);

    assertThat(daybook.maintenance().verify().findings())
        .extracting(Finding::kind)
        .isEqualTo(database.writesInParallel() ? List.of(lost.kind) : List.of());
    boolean goesOn = !database.writesInParallel() || lost == LostCount.POSITIONS_FORGOTTEN;
    assertThat(journal.highestSeq("plain")).isEqualTo(goesOn ? 4 : 3);
  }

  /** A change that leaves everything readable, and contradicts nothing else. */
  enum SilentChange {
    EVENT_TYPE(Kind.EVENT_CHANGED, "plain", 2, "update events set event_type='Moved2'", "plain"),
    EVENT_TIME(Kind.EVENT_CHANGED, "plain", 2, "update events set ts=ts+1", "plain"),
    EVENT_PAYLOAD(
        Kind.EVENT_CHANGED, "plain", 2, "update events set payload=bytes('{\"leg\":9}')", "plain"),
    EVENT_VERSION(Kind.EVENT_CHANGED, "plain", 2, "update events set schema_version=2", "plain"),
    EVENT_CODEC(Kind.EVENT_CHANGED, "plain", 2, "update events set codec='other'", "plain"),
    EVENT_KEY(Kind.EVENT_CHANGED, "plain", 2, "update events set idempotency_key='k'", "plain"),
    EVENT_METADATA(
        Kind.EVENT_CHANGED,
        "tagged",
        1,
        "update events set metadata='{\"correlationId\":\"c-2\"}'",
        "tagged"),
    EVENT_METADATA_GONE(
        Kind.EVENT_CHANGED, "tagged", 1, "update events set metadata=null", "tagged"),
    TAGS_AND_THEIR_INDEX(
        Kind.EVENT_CHANGED,
        "tagged",
        1,
        "update events set tags='[\"red\",\"blus\"]' where stream_id='tagged'; update events_tags set tag='blus' where tag='blue' and stream_id='tagged'",
        null),
    SEALED_PAYLOAD(
        Kind.EVENT_CHANGED, "secret", 1, "update events set payload=bytes('?')", "secret"),
    SNAPSHOT_STATE(
        Kind.SNAPSHOT_CHANGED, "plain", 3, "update snapshots set state=bytes('\"four\"')", "plain"),
    SNAPSHOT_NUMBER(Kind.SNAPSHOT_CHANGED, "plain", 2, "update snapshots set seq=2", "plain"),
    SNAPSHOT_TIME(Kind.SNAPSHOT_CHANGED, "plain", 3, "update snapshots set ts=ts+1", "plain"),
    RECORD_DATA(
        Kind.RECORD_CHANGED,
        "note",
        2,
        "update doc_records set payload=replace(payload,'[1]','[2]') where doc_id='note' and seq=2",
        null),
    RECORD_BYTES(
        Kind.RECORD_CHANGED,
        "note",
        3,
        "update doc_records set blob=bytes('2') where doc_id='note' and seq=3",
        null),
    RECORD_NUMBERS(
        Kind.RECORD_CHANGED,
        "other",
        1,
        "update doc_records set seq=seq-1 where doc_id='other'",
        null),
    STREAM_REASON(
        Kind.STREAM_ROW, "closed", 0, "update streams set reason='court order 8'", "closed"),
    STREAM_TIME(
        Kind.STREAM_ROW, "closed", 0, "update streams set changed_at=changed_at+1", "closed");

    final Kind kind;
    final String id;
    final long seq;
    final String sql;

    SilentChange(Kind kind, String id, long seq, String sql, @Nullable String ofStream) {
      this.kind = kind;
      this.id = id;
      this.seq = seq;
      this.sql =
          ofStream == null
              ? sql
              : "%s where stream_id='%s'%s".formatted(sql, ofStream, ofEvent(sql, seq));
    }

    private static String ofEvent(String sql, long seq) {
      return sql.startsWith("update events") ? " and seq=" + seq : "";
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_change_that_nothing_contradicts_is_found_by_the_checksum(SilentChange change) {
    appendMoves("closed", 1);
    daybook.streams().tombstone("closed", "court order 7");
    assertThat(daybook.maintenance().verify().findings()).isEmpty();

    Stream.of(change.sql.split("; ")).forEach(this::plant);

    assertThat(daybook.maintenance().verify().findings())
        .isNotEmpty()
        .extracting(Finding::kind, Finding::id)
        .containsOnly(tuple(change.kind, change.id));
    assertThat(daybook.maintenance().verify().findings().get(0).seq()).isEqualTo(change.seq);
  }

  @Test
  void rows_from_before_have_no_checksums_and_are_healthy() {
    for (String table : List.of("streams", "events", "snapshots", "doc_meta", "doc_records")) {
      plant("update " + table + " set content_checksum=null");
    }
    plant("update events set ts=ts+1");

    assertThat(daybook.maintenance().verify().findings()).isEmpty();
  }

  @Test
  void a_tag_without_an_event_is_found_unless_the_database_refuses_it() {
    String orphan = "insert into events_tags values ('plain', 9, 'red', 9)";
    if (!database.isShared()) {
      assertThatThrownBy(() -> plant(orphan)).hasMessageContaining("FOREIGN KEY");
      assertThat(daybook.maintenance().verify().isHealthy()).isTrue();
    } else if (!database.mayIgnoreReferences()) {
      assertThatThrownBy(() -> plant(orphan)).rootCause().hasMessageContaining("foreign key");
      assertThat(daybook.maintenance().verify().isHealthy()).isTrue();
      planting.withoutReferences().forEach(this::plant);
      plant(orphan);
      assertThat(daybook.maintenance().verify().findings())
          .extracting(Finding::kind, Finding::id)
          .containsExactly(tuple(Kind.TAG_UNEXPECTED, "plain"));
    } else {
      plant(orphan);
      assertThat(daybook.maintenance().verify().findings())
          .extracting(Finding::kind, Finding::id)
          .containsExactly(tuple(Kind.FOREIGN_KEY, null), tuple(Kind.TAG_UNEXPECTED, "plain"));
    }
  }

  @Test
  void a_journal_decodes_what_it_has_classes_and_keys_for() {
    plant(
        "update events set event_type='Sunk', content_checksum=null where stream_id='plain' and seq=2");
    assertThat(daybook.maintenance().verify().isHealthy()).isTrue();

    VerifyReport withoutKeys =
        daybook.maintenance().verify(VerifyOptions.defaults().decoding(journal));
    VerifyReport withKeys =
        daybook.maintenance().verify(VerifyOptions.defaults().decoding(journal.with(SECRET)));

    assertThat(withoutKeys.findings()).extracting(Finding::id).containsExactly("plain", "secret");
    assertThat(withKeys.findings()).extracting(Finding::id).containsExactly("plain");
    assertThat(withKeys.unopened()).isZero();
  }

  @Test
  void progress_ends_each_step_with_all_of_it() {
    Set<Step> steps = EnumSet.noneOf(Step.class);
    List<String> ends = new ArrayList<>();

    daybook
        .maintenance()
        .verify(
            VerifyOptions.defaults()
                .withProgress(
                    (step, done, total) -> {
                      steps.add(step);
                      ends.add(step + " " + done + "/" + total);
                    }));

    assertThat(steps).isEqualTo(EnumSet.complementOf(EnumSet.of(Step.COPY)));
    assertThat(ends).contains("TAGS 2/2", "SNAPSHOTS 1/1", "CHECKPOINTS 1/1", "DOCUMENTS 5/5");
  }

  @Test
  void a_report_keeps_the_first_findings_and_counts_all() {
    List<Finding> heard = new ArrayList<>();
    plant(
        "with recursive n(i) as (select 1 union all select i+1 from n where i<2000) "
            + "insert into streams(stream_id,last_seq,deleted_to) select 'empty-'||i,1,0 from n");

    VerifyReport report =
        daybook.maintenance().verify(VerifyOptions.defaults().withFindings(heard::add));

    assertThat(report.findings()).hasSize(VerifyReport.MOST_FINDINGS);
    assertThat(report.total()).isEqualTo(2_000);
    assertThat(heard).hasSize(2_000);
  }

  private void plant(String sql) {
    String inItsWords = planting.words(sql);
    if (!database.isShared()) {
      daybook.transaction(tx -> DSL.using(tx).execute(inItsWords));
      return;
    }
    try (Connection connection = database.callersDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(inItsWords);
    } catch (SQLException e) {
      throw new AssertionError(inItsWords, e);
    }
  }

  private static long everything(Journal<?> of) {
    return of.read(EventQuery.all()).size();
  }
}
