package dev.daybook.cli.importing.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.daybook.Daybook;
import dev.daybook.cli.Run;
import dev.daybook.cli.importing.foreign.ImportTarget.Kind;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.snapshot.Snapshot;
import dev.daybook.snapshot.SnapshotOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
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

  private static final String EVENTS =
      "create table events (id integer primary key autoincrement, stream_id text not null, version integer not null, event_type text not null, data blob not null, timestamp text not null, codec text, metadata text, idempotency_key text, schema_version integer, unique (stream_id, version))";

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("eskit.db");
  }

  @ParameterizedTest
  @EnumSource
  void events_come_by_their_documented_columns(Kind kind) {
    try (WrittenFile written = WrittenFile.at(file).run(EVENTS)) {
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
          .run(
              "create table snapshots (stream_id text primary key, version integer, state text, schema_version integer, created_at text)")
          .insert("snapshots", "b", 3, "{\"balance\":5}", 4, "2026-01-03T00:00:00Z")
          .run("create table checkpoints (consumer text, sequence integer)");
    }
    try (ImportTarget target = ImportTarget.of(kind, directory)) {
      Run run = target.run("import", "--from", "eskit", file.toString(), "--batch", "1");

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.err()).isEqualTo("daybook: the table checkpoints is not imported\n");
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

  private static String[] with(String[] args, String... more) {
    return Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new);
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
        WrittenFile.at(file).run(EVENTS.replace("timestamp text", "timestamp integer"))) {
      written.insert("events", 1, "a", 1, "T", "{}", stored, null, null, null, null);
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
    try (WrittenFile written = WrittenFile.at(file).run(EVENTS)) {
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
}
