package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.Scale;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand payloads as webhooks deliver them, imported by each option and compared. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ImportPayloadsTest {

  private static final int KILLS = Scale.of(4, 10);
  private static final List<String> NAMES =
      List.of(
          "--stream",
          "/payload/repository/full_name",
          "--stream",
          "/payload/organization/login",
          "--type",
          "/headers/event+/payload/action",
          "--type",
          "/headers/event");

  private final List<WebhookPayload> payloads = WebhookPayload.random(22, 1_000);

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void write_the_file() throws IOException {
    file = directory.resolve("deliveries.ndjson");
    Files.writeString(
        file,
        payloads.stream().map(payload -> payload.line() + "\n").collect(Collectors.joining()));
  }

  @Test
  void stream_and_type_come_from_pointers_constants_and_joined_pointers() {
    assertEach(
        List.of(
            "--stream",
            "/payload/repository/full_name",
            "--stream-is",
            "none",
            "--type-is",
            "delivery"),
        payload -> payload.streamOr("none") + " delivery",
        event -> event.streamId() + " " + event.type());
    assertEach(
        NAMES,
        payload -> payload.streamOr(payload.organisation()) + " " + payload.typeWithAction(),
        event -> event.streamId() + " " + event.type());
  }

  @Test
  void the_data_is_the_line_or_a_part_of_it() {
    assertEach(NAMES, WebhookPayload::line, event -> event.data().text());
    assertEach(with("--data", "/payload"), WebhookPayload::payload, event -> event.data().text());
  }

  @Test
  void tags_have_prefixes_and_come_from_elements() {
    assertEach(
        with(
            "--tag",
            "/payload/issue/labels/*/name",
            "--tag",
            "sender:=/payload/sender/login",
            "--tag-is",
            "webhook"),
        payload ->
            Stream.of(
                    Stream.of("webhook"),
                    payload.labelsWithText().stream(),
                    Stream.of("sender:" + payload.sender()).filter(tag -> !tag.equals("sender:")))
                .flatMap(tags -> tags)
                .toList(),
        RecordedEvent::tags);
  }

  @Test
  void times_are_numbers_or_texts() {
    assertEach(
        with("--time", "/headers/at", "--time-unit", "seconds"),
        WebhookPayload::time,
        RecordedEvent::time);
  }

  @Test
  void keys_and_metadata_come_from_pointers() {
    assertEach(
        with(
            "--key",
            "/delivery",
            "--meta",
            "action=/payload/action",
            "--meta",
            "n=/payload/issue/number"),
        payload ->
            "d-"
                + payload.number()
                + " "
                + (payload.action() == null
                    ? Map.of("n", payload.number() + "")
                    : new TreeMap<>(
                        Map.of("action", payload.action(), "n", payload.number() + ""))),
        event ->
            event.idempotencyKey().orElseThrow() + " " + new TreeMap<>(event.metadata().entries()));
  }

  @Test
  void imports_that_are_killed_at_random_end_as_if_they_were_not() throws Exception {
    List<String> options =
        with(
            "--data",
            "/payload",
            "--tag",
            "/payload/issue/labels/*/name",
            "--time",
            "/headers/at",
            "--time-unit",
            "seconds",
            "--key",
            "/delivery",
            "--meta",
            "action=/payload/action");
    Path killed = directory.resolve("killed.db");
    Random random = new Random();
    for (int kill = 1; kill <= KILLS; kill++) {
      int reached = kill * payloads.size() / (KILLS + 2) + random.nextInt(30);
      List<String> args = new ArrayList<>(options);
      args.addAll(List.of("--resume", "--batch", Integer.toString(1 + random.nextInt(5))));
      Process process = Run.start(directory, "64m", importing(killed, args));
      try (Daybook daybook = Daybook.open(killed)) {
        Await.until(() -> !process.isAlive() || daybook.rawJournal().latestPosition() >= reached);
      }
      process.destroyForcibly().waitFor();
    }

    List<String> last = new ArrayList<>(options);
    last.add("--resume");
    Run run = Run.of(importing(killed, last));

    assertThat(run.status()).as(run.err()).isZero();
    Path whole = directory.resolve("whole.db");
    assertThat(Run.of(importing(whole, options)).status()).isZero();
    assertThat(events(killed)).hasSize(payloads.size()).isEqualTo(events(whole));
  }

  private void assertEach(
      List<String> options,
      Function<WebhookPayload, Object> expected,
      Function<RecordedEvent<EncodedEvent>, Object> actual) {
    Path db = directory.resolve("journal-" + options.hashCode() + ".db");
    Run run = Run.of(importing(db, options));
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("imported 1000 events");
    assertThat(events(db).stream().map(actual).toList())
        .containsExactlyElementsOf(payloads.stream().map(expected).toList());
  }

  private static List<String> with(String... options) {
    List<String> all = new ArrayList<>(NAMES);
    all.addAll(List.of(options));
    return all;
  }

  private String[] importing(Path db, List<String> options) {
    List<String> args = new ArrayList<>(List.of("import", file.toString(), "--db", db.toString()));
    args.addAll(options);
    return args.toArray(String[]::new);
  }

  private static List<RecordedEvent<EncodedEvent>> events(Path db) {
    try (Daybook daybook = Daybook.open(db)) {
      return daybook.rawJournal().read(EventQuery.all());
    }
  }
}
