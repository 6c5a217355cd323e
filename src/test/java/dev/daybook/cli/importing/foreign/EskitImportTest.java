package dev.daybook.cli.importing.foreign;

import static dev.daybook.cli.importing.foreign.ImportTarget.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.daybook.Daybook;
import dev.daybook.checkpoint.Checkpoint;
import dev.daybook.cli.Run;
import dev.daybook.cli.importing.foreign.ImportTarget.Kind;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamState;
import dev.daybook.snapshot.Snapshot;
import dev.daybook.snapshot.SnapshotOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of eskit. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EskitImportTest {

  /** The state of an account, as another program has saved it. */
  record Balance(long balance) {}

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("eskit.db");
  }

  @ParameterizedTest
  @EnumSource
  void events_come_by_their_documented_columns(Kind kind) {
    try (WrittenFile written = WrittenFile.at(file).eskit()) {
      written
          .insert(
              "events",
              3,
              "b",
              1,
              "Opened",
              "{\"n\":1}",
              "2026-01-02T03:04:05.123456789Z",
              "json",
              "{\"user\":\"ann\",\"extra\":{\"a\":1},\"no\":null}",
              null,
              2)
          .insert(
              "events",
              7,
              "a",
              1,
              "Opened",
              new byte[] {(byte) 0xA0},
              "2026-01-02 03:04:05+02:00",
              "cbor",
              null,
              null,
              null)
          .insert(
              "events",
              8,
              "b",
              2,
              "Paid",
              "{}",
              "2026-01-02 03:04:05.5 +0000 UTC m=+0.1",
              "jsoniter",
              "",
              "k",
              0)
          .insert("events", 9, "b", 3, "Paid", "[]", "2026-01-02 03:04:05", null, null, "k", 1)
          .insert("snapshots", "b", 3, "{\"balance\":5}", 4, "2026-01-03T00:00:00Z")
          .run("create table stream_states (stream_id text, state text)");
    }
    try (ImportTarget target = ImportTarget.of(kind, directory)) {
      Run run = target.run("import", "--from", "eskit", file.toString(), "--batch", "1");

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.err()).isEqualTo("daybook: the table stream_states is not imported\n");
      assertThat(run.out()).contains("2 streams, 4 events, 0 tags, 1 snapshot, ");
      assertThat(target.events())
          .extracting(
              RecordedEvent::streamId,
              RecordedEvent::seq,
              RecordedEvent::type,
              RecordedEvent::time,
              event -> event.data().codec(),
              event -> event.data().schemaVersion())
          .containsExactly(
              tuple("b", 1L, "Opened", Instant.parse("2026-01-02T03:04:05.123Z"), "json", 2),
              tuple("a", 1L, "Opened", Instant.parse("2026-01-02T01:04:05Z"), "cbor", 1),
              tuple("b", 2L, "Paid", Instant.parse("2026-01-02T03:04:05.500Z"), "json", 1),
              tuple("b", 3L, "Paid", Instant.parse("2026-01-02T03:04:05Z"), "json", 1));
      assertThat(target.events().get(0).metadata())
          .isEqualTo(new Metadata(Map.of("user", "ann", "extra", "{\"a\":1}")));
      assertThat(target.verified()).startsWith("0 findings in 4 events");
      try (Daybook daybook = target.open()) {
        assertThat(
                daybook
                    .rawJournal()
                    .append(
                        Append.of("b", ExpectedSeq.any(), EncodedEvent.json("Paid", "{}"))
                            .withIdempotencyKey("k")))
            .extracting(RecordedEvent::seq)
            .containsExactly(2L, 3L);
        assertThat(
                daybook
                    .snapshots(Balance.class, SnapshotOptions.defaults().withSchemaVersion(4))
                    .loadLatest("b")
                    .map(Snapshot::state))
            .contains(new Balance(5));
      }
    }
  }

  @Test
  void columns_that_are_called_otherwise_are_named_and_what_nothing_reads_is_not_lost() {
    try (WrittenFile written = WrittenFile.at(file)) {
      written
          .run(
              "create table events (id integer primary key, stream text, version integer, type text, payload text, created_at integer, shard integer)")
          .insert("events", 1, "a", 1, "T", "{}", 1_700_000_000L, 3);
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      String[] args = {
        "import",
        "--from",
        "eskit",
        file.toString(),
        "--column",
        "stream_id=stream",
        "--column",
        "event_type=type",
        "--column",
        "data=payload"
      };
      assertThat(target.run(args).err())
          .contains(
              "it has events(id, stream, version, type, payload, created_at, shard); expected");
      String[] named = with(args, "--column", "timestamp=created_at");
      assertThat(target.run(named).err())
          .contains("events(shard) is read by nothing; --column NAME=shard reads it");
      String[] ignoring = with(named, "--ignore-column", "shard");
      assertThat(target.run(ignoring).err())
          .contains(
              "timestamp is the number 1700000000; --time-unit says whether it counts seconds, millis, micros or nanos");

      Run run = target.run(with(ignoring, "--time-unit", "seconds"));

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(target.events())
          .extracting(RecordedEvent::time)
          .containsExactly(Instant.ofEpochSecond(1_700_000_000L));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "seconds, 1700000000, 1700000000000",
    "millis, 1700000000123, 1700000000123",
    "micros, 1700000000123999, 1700000000123",
    "nanos, 1700000000123999999, 1700000000123",
    "nanos, -1, -1"
  })
  void numbers_are_times_of_the_unit_that_is_named(String unit, long stored, long millis) {
    try (WrittenFile written =
        WrittenFile.at(file)
            .run(
                "create table events (id integer primary key, stream_id text, version integer, event_type text, data text, timestamp integer)")) {
      written.insert("events", 1, "a", 1, "T", "{}", stored);
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      Run run = target.run("import", "--from", "eskit", file.toString(), "--time-unit", unit);

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(target.events())
          .extracting(RecordedEvent::time)
          .containsExactly(Instant.ofEpochMilli(millis));
    }
  }

  @Test
  void bad_times_versions_metadata_and_keys_are_named() {
    try (WrittenFile written = WrittenFile.at(file).eskit()) {
      written
          .insert("events", 1, "a", 1, "T", "{}", "today", null, null, null, null)
          .insert("events", 2, "b", 1, "T", "{}", "2026-01-01T00:00:00Z", null, null, null, -1)
          .insert("events", 3, "c", 1, "T", "{}", "2026-01-01T00:00:00Z", null, "[]", null, 1)
          .insert("events", 4, "d", 1, "T", "{}", "2026-01-01T00:00:00Z", null, null, "k", 1)
          .insert("events", 5, "d", 2, "T", "{}", "2026-01-01T00:00:00Z", null, null, null, 1)
          .insert("events", 6, "d", 3, "T", "{}", "2026-01-01T00:00:00Z", null, null, "k", 1);
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      assertThat(target.run("import", "--from", "eskit", file.toString()).err().lines())
          .contains(
              "daybook: events \"a/1\": timestamp is the text \"today\"; expected a time such as 2026-01-31T10:00:00.123Z",
              "daybook: events \"b/1\": schema_version is -1; expected 0 to 2147483647",
              "daybook: events \"c/1\": the metadata is not a JSON object",
              "daybook: events \"d/3\": its idempotency key is that of an earlier append to its stream");
    }
  }

  /** Events 1 to 4 of the file, of streams that are mixed; those of "b" are tombstoned. */
  private WrittenFile mixedStreams() {
    WrittenFile written = WrittenFile.at(file).eskit();
    String[] streams = {"a", "b", "a", "b"};
    for (int i = 0; i < streams.length; i++) {
      written.insert(
          "events",
          (i + 1) * 10,
          streams[i],
          i / 2 + 1,
          "T",
          "{}",
          "2026-01-01T00:00:00Z",
          null,
          null,
          null,
          null);
    }
    return written
        .run("create table tombstones (stream_id text, reason text, created_at text)")
        .run("create table checkpoints (consumer_id text primary key, sequence integer)");
  }

  @ParameterizedTest
  @EnumSource
  void tombstones_and_checkpoints_come_along(Kind kind) {
    try (WrittenFile written = mixedStreams()) {
      written
          .insert("tombstones", "b", "court order 7", "2026-02-01T00:00:00Z")
          .insert("tombstones", "a", null, null)
          .insert("checkpoints", "begun", 0)
          .insert("checkpoints", "first", 10)
          .insert("checkpoints", "between", 29)
          .insert("checkpoints", "last", 40)
          .insert("checkpoints", "beyond", 99);
    }
    try (ImportTarget target = ImportTarget.of(kind, directory)) {
      target.run("append", "b-other", "--type", "T", "{}");
      Run run = target.run("import", "--from", "eskit", file.toString(), "--batch", "1");

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out()).contains("2 streams, 4 events, ", "2 tombstones, 5 checkpoints, ");
      try (Daybook daybook = target.open()) {
        assertThat(daybook.streams().status("b").reason()).contains("court order 7");
        assertThat(daybook.streams().status("a").state()).isEqualTo(StreamState.TOMBSTONED);
        assertThat(daybook.streams().status("a").reason()).isEmpty();
        List<RecordedEvent<EncodedEvent>> events =
            daybook.rawJournal().read(EventQuery.all().inStreams("b"));
        long second =
            events.stream()
                .filter(event -> event.streamId().equals("b") && event.seq() == 1)
                .mapToLong(RecordedEvent::position)
                .findFirst()
                .orElseThrow();
        long last = daybook.rawJournal().latestPosition();
        assertThat(daybook.checkpoints().list())
            .extracting(Checkpoint::consumer, Checkpoint::position)
            .containsExactlyInAnyOrder(
                tuple("begun", 0L),
                tuple("first", second - 1),
                tuple("between", second),
                tuple("last", last),
                tuple("beyond", last));
      }
      String dry = target.run("import", "--from", "eskit", file.toString(), "--dry-run").out();
      assertThat(dry).contains(run.out().replaceAll("(?s).*SHA-256 (\\w+).*", "$1"));
      Run again = target.run("import", "--from", "eskit", file.toString(), "--resume");
      assertThat(again.status()).as(again.err()).isZero();
    }
  }

  @Test
  void tombstones_and_checkpoints_that_cannot_be_kept_are_named() {
    try (WrittenFile written = mixedStreams()) {
      written
          .insert("tombstones", "gone", "why", null)
          .insert("checkpoints", "negative", -1)
          .insert("checkpoints", "", 1);
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      Run run = target.run("import", "--from", "eskit", file.toString());

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err().lines())
          .contains(
              "daybook: tombstones \"gone\": nothing of its stream is imported",
              "daybook: checkpoints \"negative\": sequence is -1; expected 0 or more")
          .anyMatch(line -> line.startsWith("daybook: checkpoints \"\": "));
    }
  }

  @Test
  void a_checkpoint_of_the_store_is_not_moved() {
    try (WrittenFile written = mixedStreams()) {
      written.insert("checkpoints", "mails", 10);
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      target.run("migrate");
      target.run("checkpoint", "set", "mails", "0");

      assertThat(target.run("import", "--from", "eskit", file.toString()).err())
          .contains("1 checkpoint of the file are in the store already, such as \"mails\"");
    }
  }

  @Test
  void checkpoints_need_events_in_the_order_of_their_numbers() {
    try (WrittenFile written = mixedStreams()) {
      written
          .run("update events set id = 5 where stream_id = 'b' and version = 2")
          .insert("checkpoints", "mails", 10);
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      assertThat(target.run("import", "--from", "eskit", file.toString()).err())
          .contains(
              "checkpoints \"mails\": sequence can't be found among the events, whose id contradicts the order of a stream");
    }
  }
}
