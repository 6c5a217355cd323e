package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.codec.Codecs;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.payload.Compression;
import dev.daybook.payload.KeyRing;
import dev.daybook.payload.PayloadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events printed as JSON and imported into another file. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExportedEventsTest {

  private static final PayloadOptions ENCRYPTED =
      PayloadOptions.plain().compressed(Compression.GZIP).encrypted(KeyRing.of("k1", new byte[32]));

  @TempDir private Path directory;
  private Path from;
  private Path to;
  private Path file;

  @BeforeEach
  void name_the_files() {
    from = directory.resolve("from.db");
    to = directory.resolve("to.db");
    file = directory.resolve("events.ndjson");
  }

  @Test
  void what_was_printed_is_imported_as_it_was() throws IOException {
    List<RecordedEvent<EncodedEvent>> before = appendEverything();
    export();

    Run run = importExported();

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("imported 6 events, 0 were there already, 0 bad lines");
    assertThat(events(to)).isEqualTo(before);
    try (Daybook daybook = Daybook.open(to)) {
      assertThat(parcels(daybook).with(ENCRYPTED).read(EventQuery.stream("s")))
          .extracting(RecordedEvent::data)
          .containsExactly(
              ParcelEvent.moved(1),
              ParcelEvent.moved(2),
              ParcelEvent.moved(3),
              ParcelEvent.moved(4),
              ParcelEvent.moved(5));
    }
    assertThat(importExported("--resume").out()).startsWith("imported 0 events, 6 were there");
  }

  @Test
  void version_and_codec_are_printed_where_they_are_not_the_usual_ones() throws IOException {
    appendEverything();
    export();

    List<String> lines = Files.readAllLines(file);

    assertThat(lines.get(0))
        .contains("\"type\":\"Moved\",\"schemaVersion\":2,")
        .endsWith("\"data\":{\"leg\":1}}");
    assertThat(lines.get(1)).endsWith("\"codec\":\"cbor\",\"data\":\"v2NsZWcC/w==\"}");
    assertThat(lines.get(2)).contains("\"codec\":\"json\"").contains("\"keyId\":\"k1\"");
    assertThat(lines.get(5))
        .doesNotContain("schemaVersion", "codec")
        .endsWith("\"data\":{\"n\":1.50}}");
  }

  @Test
  void white_space_around_data_is_not_printed() throws IOException {
    try (Daybook daybook = Daybook.open(from)) {
      daybook
          .rawJournal()
          .append("s", ExpectedSeq.any(), EncodedEvent.json("T", "\r {\"a\" : 1}\t"));
    }

    assertThat(Run.of("read", "s", "--db", from.toString(), "--json").out())
        .endsWith("\"data\":{\"a\" : 1}}\n");
  }

  @Test
  void an_encrypted_event_gets_no_other_number() throws IOException {
    appendEverything();
    Files.write(
        file,
        Run.of("read", "s", "--db", from.toString(), "--json", "--from", "3").lines().toList());

    Run run = importExported();

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "daybook: %s: line 1: stream \"s\": expected sequence number 2, found sequence number 0 (nothing was imported; --skip-bad FILE continues without such lines)\n"
                .formatted(file));
  }

  @Test
  void encrypted_events_that_get_no_other_number_are_put_aside() throws IOException {
    appendEverything();
    List<String> lines =
        new ArrayList<>(Run.of("events", "--db", from + "", "--json").lines().toList());
    lines.remove(1);
    Files.write(file, lines);
    Path aside = directory.resolve("bad.ndjson");

    Run run = importExported("--skip-bad", aside.toString());

    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(run.out()).startsWith("imported 3 events, 0 were there already, 2 bad lines");
    assertThat(Files.readAllLines(aside)).containsExactly(lines.get(1), lines.get(2));
    assertThat(events(to)).extracting(RecordedEvent::streamId).containsExactly("s", "s", "t");
  }

  @Test
  void idempotency_keys_are_exported_and_can_be_left_out() throws IOException {
    Append<EncodedEvent> append =
        Append.ofAll(
                "s",
                ExpectedSeq.any(),
                List.of(EncodedEvent.json("T", "1"), EncodedEvent.json("T", "2")))
            .withIdempotencyKey("k");
    try (Daybook daybook = Daybook.open(from)) {
      daybook.rawJournal().append(append);
    }
    export();
    List<RecordedEvent<EncodedEvent>> before = events(from);

    // The append of two events is in two transactions.
    assertThat(importExported("--batch", "1").status()).isZero();

    assertThat(events(to)).isEqualTo(before);
    try (Daybook daybook = Daybook.open(to)) {
      assertThat(daybook.rawJournal().append(append)).isEqualTo(before);
    }
    assertThat(events(to)).hasSize(2);
    assertThat(Files.readString(file)).contains(",\"key\":\"k\",\"data\":1}");
    for (String[] command : new String[][] {{"events"}, {"read", "s"}}) {
      List<String> args = new ArrayList<>(List.of(command));
      args.addAll(List.of("--db", from.toString(), "--json", "--no-keys"));
      assertThat(Run.of(args.toArray(String[]::new)).out())
          .contains("\"data\":2}")
          .doesNotContain("\"key\"");
    }
  }

  @Test
  void a_line_that_another_program_made_needs_stream_type_and_data_only() throws IOException {
    Files.writeString(
        file,
        """
        {"stream":"s","type":"T","data":{"a":1e2}}
        {"stream":7,"type":"T","data":null,"tags":null,"time":null,"metadata":null,"key":null}
        {"data":[1],"type":"T","stream":"s","tags":["a","b"],"time":"2026-03-01T12:00:00+02:00","metadata":{"by":"ann"},"key":"k","other":true}
        """);

    Run run = importExported();

    assertThat(run.err()).isEmpty();
    List<RecordedEvent<EncodedEvent>> events = events(to);
    assertThat(events)
        .extracting(event -> event.data().text())
        .containsExactly("{\"a\":1e2}", "null", "[1]");
    assertThat(events.get(2).tags()).containsExactly("a", "b");
    assertThat(events.get(2).time()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
    assertThat(events.get(2).metadata()).isEqualTo(Metadata.of("by", "ann"));
    assertThat(events.get(2).idempotencyKey()).contains("k");
  }

  @Test
  void a_line_that_is_no_such_event_is_a_bad_one() throws IOException {
    Map<String, String> bad =
        Map.of(
            "{\"type\":\"T\",\"data\":{}}", "/stream",
            "{\"stream\":\"s\",\"data\":{}}", "/type",
            "{\"stream\":\"s\",\"type\":\"T\"}", "\"data\" is missing",
            "{\"stream\":\"s\",\"type\":\"T\",\"data\":1,\"schemaVersion\":0}", "schemaVersion",
            "{\"stream\":\"s\",\"type\":\"T\",\"data\":1,\"schemaVersion\":4294967297}",
                "schemaVersion",
            "{\"stream\":\"s\",\"type\":\"T\",\"data\":{},\"codec\":\"cbor\"}", "Base64",
            "{\"stream\":\"s\",\"type\":\"T\",\"data\":\"*\",\"codec\":\"cbor\"}", "Base64",
            "{\"stream\":\"s\",\"type\":\"T\",\"data\":1,\"codec\":7}", "\"codec\"",
            "{\"stream\":\"s\",\"type\":\"T\",\"data\":1,\"metadata\":[]}", "\"metadata\"",
            "{\"stream\":\"s\",\"type\":\"T\",\"data\":1,\"metadata\":{\"a\":1}}", "\"metadata\"");
    for (Map.Entry<String, String> line : bad.entrySet()) {
      Files.writeString(file, line.getKey());

      Run run = importExported();

      assertThat(run.status()).as(line.getKey()).isEqualTo(1);
      assertThat(run.err()).startsWith("daybook: " + file + ": line 1").contains(line.getValue());
    }
    assertThat(events(to)).isEmpty();
  }

  @Test
  void pointers_and_exported_exclude_each_other_and_one_is_needed() {
    assertThat(importExported("--stream", "/id", "--type", "/kind").status()).isEqualTo(2);
    assertThat(Run.of("import", file.toString(), "--db", to.toString()).status()).isEqualTo(2);
    assertThat(Run.of("import", file.toString(), "--db", to.toString(), "--type", "/kind").err())
        .contains("--stream");
  }

  private List<RecordedEvent<EncodedEvent>> appendEverything() {
    try (Daybook daybook = Daybook.open(from)) {
      Journal<ParcelEvent> parcels = parcels(daybook);
      NewEvent<ParcelEvent> first =
          NewEvent.of(ParcelEvent.moved(1))
              .tagged("a", "b")
              .withMetadata(Metadata.of("user", "ann"))
              .at(Instant.ofEpochMilli(5));
      parcels.append(Append.of("s", ExpectedSeq.any(), List.of(first)));
      parcels.with(Codecs.cbor()).append("s", ExpectedSeq.any(), ParcelEvent.moved(2));
      parcels.with(ENCRYPTED).append("s", ExpectedSeq.any(), ParcelEvent.moved(3));
      parcels
          .with(Codecs.cbor())
          .with(ENCRYPTED)
          .append("s", ExpectedSeq.any(), ParcelEvent.moved(4));
      parcels
          .with(Codecs.cbor())
          .with(PayloadOptions.plain().compressed(Compression.GZIP))
          .append("s", ExpectedSeq.any(), ParcelEvent.moved(5));
      daybook.rawJournal().append("t", ExpectedSeq.any(), EncodedEvent.json("T", "{\"n\":1.50}"));
    }
    return events(from);
  }

  private static Journal<ParcelEvent> parcels(Daybook daybook) {
    return daybook.journal(
        EventTypes.ofSealed(ParcelEvent.class).withVersion(ParcelEvent.Moved.class, 2));
  }

  private void export() throws IOException {
    Files.write(file, Run.of("events", "--db", from.toString(), "--json").lines().toList());
  }

  private Run importExported(String... more) {
    String[] args = {"import", file.toString(), "--db", to.toString(), "--exported"};
    String[] all = new String[args.length + more.length];
    System.arraycopy(args, 0, all, 0, args.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return Run.of(all);
  }

  private static List<RecordedEvent<EncodedEvent>> events(Path db) {
    try (Daybook daybook = Daybook.open(db)) {
      return daybook.rawJournal().read(EventQuery.all());
    }
  }
}
