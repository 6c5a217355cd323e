package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daybook.Daybook;
import dev.daybook.conformance.Scale;
import dev.daybook.fixture.PostgresAddress;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random lines: each is imported and comes back as it was, through everything that prints, imports
 * and copies, or is skipped with its number and a reason. Trial after trial, each of its seed, for
 * as long as {@code -Ddaybook.fuzz.seconds} says. {@code -Ddaybook.fuzz.seed} repeats the trial
 * that a failure names.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ImportFuzzTest {

  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("daybook.fuzz.seconds", Scale.of(15, 60)));
  private static final int LINES = 400;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              // Exported, data is one level deeper.
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNestingDepth(1_001)
                  .build())
          .build();

  @TempDir private Path directory;

  @Test
  void each_line_comes_back_or_is_skipped() throws IOException {
    Long repeated = Long.getLong("daybook.fuzz.seed");
    Random seeds = new Random();
    long end = System.nanoTime() + TIME.toNanos();
    do {
      long seed = repeated == null ? seeds.nextLong() : repeated;
      Path trial = Files.createTempDirectory(directory, "trial");
      try {
        new Trial(trial, new Random(seed)).run();
      } catch (Throwable e) {
        throw new AssertionError("repeat it by -Ddaybook.fuzz.seed=" + seed, e);
      }
    } while (repeated == null && System.nanoTime() < end);
  }

  private static final class Trial {

    private final Random random;
    private final RandomLines randomLines;
    private final Path file;
    private final Path skipped;
    private final Path db;
    private final Path directory;

    Trial(Path directory, Random random) {
      this.directory = directory;
      this.random = random;
      randomLines = new RandomLines(random);
      file = directory.resolve("events.ndjson");
      skipped = directory.resolve("bad.ndjson");
      db = directory.resolve("journal.db");
    }

    void run() throws IOException {
      SortedMap<Integer, byte[]> lines = new TreeMap<>();
      // The first line says what kind of a file it is.
      lines.put(1, randomLines.good());
      List<Integer> good = new ArrayList<>();
      for (int number = 2; number <= LINES; number++) {
        boolean mustPass = random.nextInt(3) == 0;
        lines.put(number, mustPass ? randomLines.good() : randomLines.any());
        if (mustPass) {
          good.add(number);
        }
      }
      write(file, lines.values());

      Run run = importing(file, db, "--stream", "/s", "--type", "/y");

      SortedMap<Integer, byte[]> left = withoutSkipped(run, lines);
      assertThat(left).as("good lines").containsKeys(good.toArray(Integer[]::new));
      List<RecordedEvent<EncodedEvent>> events = events(db);
      assertThat(events.stream().map(event -> event.data().text()).toList())
          .containsExactlyElementsOf(left.values().stream().map(Trial::value).toList());
      comesBack(events);
      mutatedExportsAreSkippedOrImported();
    }

    /** The lines that were not skipped. Each skipped one is whole, and has a reason. */
    private SortedMap<Integer, byte[]> withoutSkipped(Run run, SortedMap<Integer, byte[]> lines)
        throws IOException {
      SortedMap<Integer, byte[]> left = new TreeMap<>(lines);
      // A line of nothing but white space is no line.
      left.values().removeIf(line -> text(line).matches("[ \t]*"));
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      List<String> reasons = Files.readAllLines(skipped.resolveSibling("bad.ndjson.reasons"));
      for (String reason : reasons) {
        JsonNode json = new JsonMapper().readTree(reason);
        assertThat(json.get("reason").textValue()).isNotBlank().doesNotContain("Exception");
        byte[] line = left.remove(json.get("line").intValue());
        assertThat(line).as(reason).isNotNull();
        expected.writeBytes(line);
        expected.write('\n');
      }
      assertThat(run.status()).as(run.err()).isEqualTo(reasons.isEmpty() ? 0 : 3);
      assertThat(run.out())
          .startsWith(
              "imported %s events, 0 were there already, %s bad lines"
                  .formatted(left.size(), reasons.size()));
      assertThat(Files.readAllBytes(skipped)).isEqualTo(expected.toByteArray());
      for (byte[] line : left.values()) {
        assertJson(line);
      }
      return left;
    }

    /** By another way of reading than the import's. */
    private static void assertJson(byte[] line) throws IOException {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      try (JsonParser parser = JSON.createParser(text)) {
        parser.nextToken();
        parser.skipChildren();
        assertThat(parser.nextToken()).isNull();
      }
    }

    private void comesBack(List<RecordedEvent<EncodedEvent>> events) throws IOException {
      String printed = Run.of("events", "--db", db.toString(), "--json").out();
      List<String> lines = List.of(printed.split("\n", 0));
      for (int i = 0; i < events.size(); i++) {
        assertThat(lines.get(i)).endsWith(",\"data\":" + events.get(i).data().text() + "}");
      }
      for (String how : List.of("--exported", "--exact")) {
        Path copy = directory.resolve("copy" + how + ".db");
        Path from = Files.writeString(directory.resolve("printed" + how), printed);
        Run run = Run.of("import", from.toString(), "--db", copy.toString(), how);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(events(copy)).isEqualTo(events);
      }
      Path back = directory.resolve("back.db");
      try (PostgresDatabase server = PostgresServer.shared().newDatabase()) {
        PostgresAddress address = PostgresAddress.of(server.url());
        copy(address, db.toString(), address.url());
        copy(address, address.url(), back.toString());
      }
      assertThat(events(back)).isEqualTo(events);
      assertThat(Run.of("verify", "--db", back.toString()).status()).isZero();
    }

    private void mutatedExportsAreSkippedOrImported() throws IOException {
      for (String how : List.of("--exported", "--exact")) {
        SortedMap<Integer, byte[]> lines = new TreeMap<>();
        for (String line : Run.of("events", "--db", db.toString(), "--json").out().split("\n", 0)) {
          byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
          boolean mutated = random.nextInt(3) == 0 && !lines.isEmpty();
          lines.put(lines.size() + 1, mutated ? randomLines.mutated(bytes) : bytes);
        }
        Path mutants = directory.resolve("mutants" + how);
        write(mutants, lines.values());
        Path target = directory.resolve("mutants" + how + ".db");

        Run run = importing(mutants, target, how);

        SortedMap<Integer, byte[]> left = withoutSkipped(run, lines);
        assertThat(events(target)).hasSize(left.size());
      }
    }

    private Run importing(Path from, Path to, String... options) {
      List<String> args =
          new ArrayList<>(
              List.of(
                  "import",
                  from.toString(),
                  "--db",
                  to.toString(),
                  "--skip-bad",
                  skipped.toString(),
                  "--batch",
                  Integer.toString(1 + random.nextInt(LINES))));
      args.addAll(List.of(options));
      return Run.of(args.toArray(String[]::new));
    }

    private static void copy(PostgresAddress address, String from, String to) {
      Run run =
          Run.withEnvironment(
              Map.of("DAYBOOK_USER", address.user(), "DAYBOOK_PASSWORD", address.password()),
              "copy",
              "--from",
              from,
              "--to",
              to);
      assertThat(run.status()).as(run.err()).isZero();
    }

    private static List<RecordedEvent<EncodedEvent>> events(Path db) {
      try (Daybook daybook = Daybook.open(db)) {
        return daybook.rawJournal().read(EventQuery.all());
      }
    }

    private static void write(Path file, Iterable<byte[]> lines) throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (byte[] line : lines) {
        all.writeBytes(line);
        all.write('\n');
      }
      Files.write(file, all.toByteArray());
    }

    /** White space around a value does not belong to it. */
    private static String value(byte[] line) {
      return text(line).replaceAll("^[ \t\r]+|[ \t\r]+$", "");
    }

    private static String text(byte[] line) {
      return new String(line, StandardCharsets.UTF_8);
    }
  }
}
