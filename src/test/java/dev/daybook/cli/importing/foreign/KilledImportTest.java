package dev.daybook.cli.importing.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daybook.Daybook;
import dev.daybook.cli.Run;
import dev.daybook.cli.importing.foreign.ImportTarget.Kind;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.Scale;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Imports that are killed at random and continued: twice, or once with a part of the scale. {@code
 * -Ddaybook.import.events=100000 -Ddaybook.import.documents=10000} makes the files larger.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KilledImportTest {

  private static final int EVENTS =
      Integer.getInteger("daybook.import.events", Scale.of(3_000, 6_000));
  private static final int DOCUMENTS = Integer.getInteger("daybook.import.documents", 2_000);
  private static final int KILLS = Scale.of(1, 2);
  private static final int STREAMS = 50;
  private static final int RECORDS = 5;
  private static final String BATCH = "2";

  @TempDir private Path directory;
  private TestReporter reporter;

  @BeforeEach
  void name(TestReporter given) {
    reporter = given;
  }

  @ParameterizedTest
  @EnumSource
  void a_journal_of_actor_ts_is_whole_after_kills(Kind kind) throws Exception {
    Path file = directory.resolve("actors.db");
    writeActorTs(file);

    requireWholeAfterKills(kind, file, "actor-ts", KilledImportTest::before);
  }

  @ParameterizedTest
  @EnumSource
  void a_journal_of_eskit_is_whole_after_kills(Kind kind) throws Exception {
    Path file = directory.resolve("eskit.db");
    writeEskit(file);

    requireWholeAfterKills(kind, file, "eskit", n -> 0);
  }

  private void requireWholeAfterKills(
      Kind kind, Path file, String program, LongUnaryOperator before) throws Exception {
    try (ImportTarget target = ImportTarget.of(kind, directory)) {
      JsonNode report =
          importKilled(
              target, file, program, EVENTS, daybook -> daybook.rawJournal().latestPosition());

      assertThat(report.get("streams").asLong()).isEqualTo(STREAMS);
      assertThat(report.get("events").asLong()).isEqualTo(EVENTS);
      assertThat(report.get("snapshots").asLong()).isEqualTo(STREAMS);
      assertThat(target.verified()).startsWith("0 findings in " + EVENTS + " events");
      Map<String, Long> seqs = new HashMap<>();
      try (Daybook daybook = target.open();
          Stream<RecordedEvent<EncodedEvent>> all = daybook.rawJournal().stream(EventQuery.all())) {
        long n = 0;
        for (Iterator<RecordedEvent<EncodedEvent>> each = all.iterator(); each.hasNext(); ) {
          RecordedEvent<EncodedEvent> event = each.next();
          assertThat(event.streamId()).isEqualTo("account-" + n % STREAMS);
          assertThat(event.seq())
              .isEqualTo(
                  seqs.merge(
                      event.streamId(), before.applyAsLong(n) + 1, (last, first) -> last + 1));
          assertThat(event.data().text()).isEqualTo(data(n));
          n++;
        }
        assertThat(n).isEqualTo(EVENTS);
      }
    }
  }

  /** The streams of even numbers were compacted. */
  private static long before(long n) {
    return n % STREAMS % 2 == 0 ? 3 : 0;
  }

  private static String data(long n) {
    return "{\"type\":\"Deposited\",\"n\":" + n + ",\"note\":\"" + "x".repeat(40) + "\"}";
  }

  private static void writeActorTs(Path file) {
    try (WrittenFile written = WrittenFile.at(file).actorTs016().snapshots016()) {
      long[] seqs = new long[STREAMS];
      for (int stream = 0; stream < STREAMS; stream++) {
        seqs[stream] = before(stream);
        if (seqs[stream] > 0) {
          written.insert("events_meta", "account-" + stream, seqs[stream]);
        }
      }
      for (int n = 0; n < EVENTS; n++) {
        String stream = "account-" + n % STREAMS;
        long seq = ++seqs[n % STREAMS];
        written.insert("events", stream, seq, data(n), "all", 1_700_000_000_000L + n);
        written.insert("events_tags", stream, seq, "all", 1_700_000_000_000L + n);
      }
      for (int stream = 0; stream < STREAMS; stream++) {
        written.insert(
            "snapshots", "account-" + stream, seqs[stream], "{\"n\":1}", 1_800_000_000_000L);
      }
    }
  }

  private static void writeEskit(Path file) {
    try (WrittenFile written = WrittenFile.at(file).eskit()) {
      for (int n = 0; n < EVENTS; n++) {
        written.insert(
            "events",
            n + 1,
            "account-" + n % STREAMS,
            n / STREAMS + 1,
            "Deposited",
            data(n),
            "2026-01-02T03:04:05Z",
            "json",
            "{\"user\":\"ann\"}",
            n % 7 == 0 ? "key-" + n : null,
            1);
      }
      for (int stream = 0; stream < STREAMS; stream++) {
        int last = (EVENTS - stream - 1) / STREAMS + 1;
        written.insert(
            "snapshots", "account-" + stream, last, "{\"n\":1}", 1, "2026-01-03T00:00:00Z");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_documents_of_kyneta_are_whole_after_kills(Kind kind) throws Exception {
    Path file = directory.resolve("exchange.db");
    writeDocuments(file);
    try (ImportTarget target = ImportTarget.of(kind, directory)) {
      JsonNode report =
          importKilled(target, file, "kyneta", DOCUMENTS, KilledImportTest::documents);

      assertThat(report.get("documents").asLong()).isEqualTo(DOCUMENTS);
      assertThat(report.get("records").asLong()).isEqualTo((long) DOCUMENTS * RECORDS);
      assertThat(target.verified()).startsWith("0 findings");
    }
  }

  private static long documents(Daybook daybook) {
    try (Stream<String> ids = daybook.documents().listDocIds("")) {
      return ids.count();
    }
  }

  private static void writeDocuments(Path file) {
    String meta =
        "{\"replicaType\":[\"text\",1,0],\"syncMode\":{\"writerModel\":\"many\",\"durability\":\"kept\"},\"schemaHash\":\"h\"}";
    try (WrittenFile written = WrittenFile.at(file).kyneta("kyneta_meta", "kyneta_records")) {
      for (int n = 0; n < DOCUMENTS; n++) {
        String id = "doc-" + n;
        written.insert("kyneta_meta", id, meta).insert("kyneta_records", id, 0, "meta", meta, null);
        for (int seq = 1; seq < RECORDS; seq++) {
          written.insert(
              "kyneta_records",
              id,
              seq,
              "entry",
              "{\"kind\":\"since\",\"encoding\":\"binary\",\"version\":\"v" + seq + "\"}",
              new byte[] {(byte) n, (byte) seq});
        }
      }
    }
  }

  private interface Progress {
    long of(Daybook daybook);
  }

  /**
   * Kills it at random: when between 10 and 30, and when between 40 and 50 of a hundred are there.
   * The positions of events that were not committed stay free.
   */
  private JsonNode importKilled(
      ImportTarget target, Path file, String program, long all, Progress progress)
      throws Exception {
    String[] args = {"import", "--from", program, file.toString(), "--resume", "--json"};
    Random random = new Random();
    long[] kills =
        LongStream.of(all / 10 + random.nextLong(all / 5), all * 2 / 5 + random.nextLong(all / 10))
            .limit(KILLS)
            .toArray();
    for (long killedAt : kills) {
      Process process =
          target.start(
              directory,
              Stream.concat(Stream.of(args), Stream.of("--batch", BATCH)).toArray(String[]::new));
      try (Daybook daybook = target.open()) {
        JavaProcess.killAt(killedAt, process, () -> progress.of(daybook));
      }
    }
    long events;
    try (Daybook daybook = target.open()) {
      assertThat(progress.of(daybook)).isLessThan(all);
      events = daybook.rawJournal().count(EventQuery.all());
    }

    Run run = target.run(args);

    assertThat(run.status()).as(run.err()).isZero();
    JsonNode report = new JsonMapper().readTree(run.out());
    reporter.publishEntry(
        "%s into %s: killed at %s of %s, with %s events there; %s"
            .formatted(program, target, Arrays.toString(kills), all, events, run.out().strip()));
    assertThat(report.get("differences").asLong()).isZero();
    // A server may commit the last transaction of a process after it was killed.
    long alreadyThere = report.get("alreadyThere").asLong();
    assertThat(alreadyThere).isBetween(events, events + Integer.parseInt(BATCH));
    assertThat(report.get("imported").asLong() + alreadyThere)
        .isEqualTo(report.get("events").asLong());
    assertThat(report.get("hash").asText())
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    target
                        .run("import", "--from", program, file.toString(), "--dry-run", "--json")
                        .out())
                .get("hash")
                .asText());
    return report;
  }
}
