package dev.daybook.cli.importing.foreign;

import static dev.daybook.cli.importing.foreign.ImportTarget.next;
import static dev.daybook.cli.importing.foreign.ImportTarget.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.daybook.Daybook;
import dev.daybook.cli.Run;
import dev.daybook.cli.importing.foreign.ImportTarget.Kind;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.snapshot.Snapshot;
import dev.daybook.snapshot.SnapshotInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of actor-ts. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ActorTsImportTest {

  /** The state of an account, as another program has saved it. */
  record Balance(long balance) {}

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("actors.db");
  }

  @ParameterizedTest
  @EnumSource
  void events_keep_their_order_numbers_times_tags_and_every_byte(Kind kind) {
    try (WrittenFile written = WrittenFile.at(file).documentedActorTs()) {
      written
          .insert(
              "events", "b", 1, " {\"type\":\"Opened\",\"n\":1.50} ", 1_700_000_000_123L, "x,y,,x")
          .insert(
              "events",
              "a",
              1,
              "{\"type\":\"Opened\"}".getBytes(StandardCharsets.UTF_8),
              1_600_000_000_000L,
              null)
          .insert(
              "events",
              "b",
              2,
              "{\"type\":\"Paid\",\"who\":\"\uD83D\uDE80\"}",
              1_700_000_000_124L,
              "y")
          .insert("events_tags", "b", 1, "z")
          .insert("events_tags", "b", 2, "y")
          .insert("events_tags", "b", 2, "a");
    }
    try (ImportTarget target = ImportTarget.of(kind, directory)) {
      Run run = target.run("import", "--from", "actor-ts", file.toString());

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.out())
          .startsWith(
              "imported 3 events, 0 were there already, 0 rows skipped; the store has of the file 2 streams, 3 events, 5 tags, 0 snapshots, 0 tombstones, 0 checkpoints, 0 documents, 0 records, SHA-256 ");
      assertThat(target.events())
          .extracting(
              RecordedEvent::streamId,
              RecordedEvent::seq,
              RecordedEvent::type,
              RecordedEvent::tags,
              RecordedEvent::time,
              event -> event.data().text())
          .containsExactly(
              row(
                  "b",
                  1,
                  "Opened",
                  List.of("x", "y", "z"),
                  1_700_000_000_123L,
                  " {\"type\":\"Opened\",\"n\":1.50} "),
              row("a", 1, "Opened", List.of(), 1_600_000_000_000L, "{\"type\":\"Opened\"}"),
              row(
                  "b",
                  2,
                  "Paid",
                  List.of("y", "a"),
                  1_700_000_000_124L,
                  "{\"type\":\"Paid\",\"who\":\"\uD83D\uDE80\"}"));
      assertThat(target.verified()).startsWith("0 findings in 3 events");
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_rows_with_one_number_the_first_is_imported_and_the_others_are_named(Kind kind)
      throws IOException {
    try (WrittenFile written = WrittenFile.at(file)) {
      written.run("create table events (pid text, seq integer, event text, ts integer, tags text)");
      for (int seq : new int[] {1, 1, 2, 3, 2, 3, 4}) {
        written.insert("events", "a", seq, "{\"type\":\"T\"}", 1_000L, null);
      }
      written.insert("events", "b", 1, "{\"type\":\"T\"}", 1_000L, null);
    }
    Path bad = directory.resolve("bad");
    try (ImportTarget target = ImportTarget.of(kind, directory)) {
      Run run =
          target.run("import", "--from", "actor-ts", file.toString(), "--skip-bad", bad.toString());

      assertThat(run.status()).as(run.err()).isEqualTo(3);
      assertThat(run.out()).startsWith("imported 5 events, 0 were there already, 3 rows skipped");
      assertThat(target.events())
          .extracting(event -> event.streamId() + event.seq())
          .containsExactly("a1", "a2", "a3", "a4", "b1");
      assertThat(Files.readAllLines(bad))
          .hasSize(3)
          .allMatch(line -> line.contains("an event before it has its number"));
    }
  }

  private static Tuple row(
      String stream, long seq, String type, List<String> tags, long time, String data) {
    return tuple(stream, seq, type, tags, Instant.ofEpochMilli(time), data);
  }

  @ParameterizedTest
  @EnumSource
  void compacted_streams_keep_their_numbers_and_snapshots(Kind kind) {
    try (WrittenFile written = WrittenFile.at(file).actorTs016().snapshots016()) {
      written
          .insert("events", "open", 1, "{\"type\":\"A\"}", null, 1_000L)
          .insert("events", "compacted", 5, "{\"type\":\"A\"}", "t", 1_001L)
          .insert("events", "compacted", 6, "{\"type\":\"B\"}", null, 1_002L)
          .insert("events_meta", "compacted", 4)
          .insert("events_meta", "emptied", 7)
          .insert("events", "left", 2, "{\"type\":\"Left\"}", null, 1_003L)
          .insert("events", "left", 3, "{\"type\":\"A\"}", null, 1_004L)
          .insert("events_meta", "left", 2)
          .insert("events", "unmarked", 9, "{\"type\":\"A\"}", null, 1_005L)
          .insert("events_tags", "compacted", 5, "t", 1_001L)
          .insert("snapshots", "compacted", 4, "{\"balance\": 4}", 2_000L)
          .insert("snapshots", "compacted", 6, "{\"balance\":6}", 2_001L)
          .insert("snapshots", "saved", 12, "{\"balance\":12}", 2_002L);
    }
    try (ImportTarget target = ImportTarget.of(kind, directory)) {
      Run run =
          target.run(
              "import", "--from", "actor-ts", file.toString(), "--high-water-mark", "a=b=120");

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out())
          .contains(
              "7 streams, 5 events, 1 tag, 3 snapshots, 0 tombstones, 0 checkpoints, 0 documents, 0 records");
      assertThat(target.verified()).startsWith("0 findings in 5 events");
      try (Daybook daybook = target.open();
          Stream<SnapshotInfo> infos = daybook.snapshots(Balance.class).listAll()) {
        assertThat(infos)
            .extracting(SnapshotInfo::streamId, SnapshotInfo::seq, SnapshotInfo::time)
            .containsExactly(
                tuple("compacted", 4L, Instant.ofEpochMilli(2_000)),
                tuple("compacted", 6L, Instant.ofEpochMilli(2_001)),
                tuple("saved", 12L, Instant.ofEpochMilli(2_002)));
        assertThat(daybook.snapshots(Balance.class).loadLatest("compacted").map(Snapshot::state))
            .contains(new Balance(6));
        assertThat(
                daybook.rawJournal().read(EventQuery.stream("compacted")).stream()
                    .map(RecordedEvent::seq))
            .containsExactly(5L, 6L);
        assertThat(next(daybook, "open")).isEqualTo(2);
        assertThat(next(daybook, "compacted")).isEqualTo(7);
        assertThat(next(daybook, "emptied")).isEqualTo(8);
        assertThat(next(daybook, "left")).isEqualTo(4);
        assertThat(next(daybook, "unmarked")).isEqualTo(10);
        assertThat(next(daybook, "saved")).isEqualTo(13);
        assertThat(next(daybook, "a=b")).isEqualTo(121);
      }
    }
  }

  @Test
  void snapshots_come_from_their_own_file_too() {
    Path own = directory.resolve("snapshots.db");
    try (WrittenFile written = WrittenFile.at(file).actorTs016();
        WrittenFile states = WrittenFile.at(own).snapshots016()) {
      written.insert("events", "a", 1, "{\"type\":\"A\"}", null, 1L);
      states.insert("snapshots", "a", 1, "{\"balance\":1}", 2L);
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      Run run =
          target.run(
              "import", "--from", "actor-ts", file.toString(), "--snapshots", own.toString());

      assertThat(run.status()).as(run.err()).isZero();
      try (Daybook daybook = target.open()) {
        assertThat(daybook.snapshots(Balance.class).loadLatest("a").map(Snapshot::state))
            .contains(new Balance(1));
      }
    }
  }

  @Test
  void types_are_where_the_options_say() {
    try (WrittenFile written = WrittenFile.at(file).actorTs016()) {
      written
          .insert("events", "a", 1, "{\"x\":[1,{\"kind\":\"Kind\"}],\"type\":\"Type\"}", null, 1L)
          .insert("events", "a", 2, "{\"type\":\"Type\"}", null, 1L)
          .insert("events", "a", 3, "[1]", null, 1L);
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      Run run =
          target.run(
              "import",
              "--from=actor-ts",
              file.toString(),
              "--type",
              "/x/1/kind",
              "--type",
              "/type",
              "--type-is",
              "Other");

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(target.events())
          .extracting(RecordedEvent::type)
          .containsExactly("Kind", "Type", "Other");
    }
  }

  @Test
  void tables_and_columns_that_are_called_otherwise_are_named() {
    try (WrittenFile written = WrittenFile.at(file)) {
      written
          .run("create table orders (who text, seq integer, event text, ts integer, note text)")
          .run("create table orders_tags (who text, seq integer, tag text)")
          .run("create table other (a integer)")
          .insert("orders", "a", 1, "{\"type\":\"A\"}", 1L, "lost")
          .insert("orders_tags", "a", 1, "x");
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      String[] args = {"import", "--from", "actor-ts", file.toString()};
      assertThat(target.run(args).err())
          .isEqualTo(
              "daybook: "
                  + file
                  + " is not a file of actor-ts: it has orders(who, seq, event, ts, note), orders_tags(who, seq, tag), other(a); expected events(pid|persistence_id, seq|sequence_nr, event|payload, ts|timestamp, tags?); --table and --column name what is called otherwise\n");
      String[] named = with(args, "--table", "events=orders", "--column", "pid=who");
      assertThat(target.run(named).err())
          .contains("orders(note) is read by nothing; --column NAME=note reads it")
          .contains("--ignore-column note leaves it out");
      assertThat(target.run(with(named, "--column", "sequence=seq")).err())
          .contains("--column sequence=seq: actor-ts has no column sequence");
      assertThat(target.run(with(named, "--column", "events.seq=number")).err())
          .contains("--column events.seq=number: orders has no such column; it has who, seq,");
      assertThat(target.run(with(named, "--ignore-column", "note", "--column", "tags=x")).err())
          .contains("--column tags=x: no table has such a column");

      Run run = target.run(with(named, "--ignore-column", "note"));

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.err()).isEqualTo("daybook: the table other is not imported\n");
      assertThat(target.events())
          .singleElement()
          .satisfies(event -> assertThat(event.tags()).containsExactly("x"));
    }
  }

  @Test
  void events_that_were_written_against_the_order_of_their_stream_go_in_by_stream() {
    try (WrittenFile written = WrittenFile.at(file).documentedActorTs()) {
      written
          .insert("events", "b", 2, "{\"type\":\"A\"}", 1L, null)
          .insert("events", "b", 1, "{\"type\":\"A\"}", 1L, null)
          .insert("events", "a", 1, "{\"type\":\"A\"}", 1L, null);
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      Run run = target.run("import", "--from", "actor-ts", file.toString());

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(target.events())
          .extracting(event -> event.streamId() + event.seq())
          .containsExactly("a1", "b1", "b2");
    }
  }

  @Test
  void a_table_without_row_numbers_goes_in_by_stream() {
    try (WrittenFile written = WrittenFile.at(file)) {
      written
          .run(
              "create table events (pid text, seq integer, event text, ts integer, primary key (pid, seq)) without rowid")
          .insert("events", "b", 1, "{\"type\":\"A\"}", 1L)
          .insert("events", "a", 1, "{\"type\":\"A\"}", 1L)
          .insert("events", "a", 2, "{\"type\":\"A\"}", 1L);
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      Run run = target.run("import", "--from", "actor-ts", file.toString(), "--batch", "1");

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(target.events())
          .extracting(event -> event.streamId() + event.seq())
          .containsExactly("a1", "a2", "b1");
    }
  }
}
