package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.docs.Account.Deposited;
import dev.daybook.docs.Account.Opened;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.micrometer.DaybookMetrics;
import dev.daybook.observation.AppendCall;
import dev.daybook.observation.AppendEnd;
import dev.daybook.observation.Ending;
import dev.daybook.observation.StoreObserver;
import dev.daybook.opentelemetry.DaybookTracing;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Causation;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on observability. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ObservabilityPageTest {

  private static final System.Logger LOG = System.getLogger("dev.daybook.docs");
  private static final Path PAGE = Path.of("src/docs/observability.md");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @TempDir private Path directory;

  private static String currentUser() {
    return "ann";
  }

  static String causeOf(RecordedEvent<?> event) {
    return event.metadata().causationId().orElse("nothing");
  }

  @Test
  void a_store_is_traced_and_measured() throws Exception {
    OpenTelemetrySdk openTelemetry = OpenTelemetrySdk.builder().build();
    Daybook daybook =
        Daybook.builder(directory.resolve("accounts.db"))
            .observe(DaybookTracing.of(openTelemetry))
            .observe(new Causation())
            .metadata(() -> Metadata.of("user", currentUser()))
            .build();
    DaybookMetrics.of(daybook).bindTo(registry);

    try (daybook) {
      Journal<Account> accounts = daybook.journal(Account.class);
      accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
      List<RecordedEvent<Account>> deposited = new CopyOnWriteArrayList<>();
      Subscriber<Account> presents =
          Subscriber.of(
                  "presents",
                  accounts,
                  AtLeastOnce.<Account>each(
                      event ->
                          deposited.add(
                              accounts.append(
                                  "presents", ExpectedSeq.any(), new Deposited(BigDecimal.TEN)))))
              .select(EventQuery.stream("account-1"));
      try (Subscription subscription = daybook.subscriptions().start(presents)) {
        Await.until(() -> !deposited.isEmpty());
        assertThat(subscription.name()).isEqualTo("presents");
      }
      assertThat(causeOf(deposited.get(0))).isEqualTo("account-1#1");
      assertThat(deposited.get(0).metadata().get("user")).contains("ann");
      // Found by the first scrape, shown by the second.
      assertThat(registry.getMetersAsString()).isNotEmpty();

      assertThat(namesInTable("daybook\\.[a-z.]+", "### Meters", "### Alerts"))
          .containsExactlyInAnyOrderElementsOf(
              registry.getMeters().stream()
                  .map(Meter::getId)
                  .map(Meter.Id::getName)
                  .collect(Collectors.toSet()));
    }
    openTelemetry.close();
  }

  @Test
  void an_observer_is_implemented_in_few_lines() {
    StoreObserver slow =
        new StoreObserver() {
          @Override
          public Ending<AppendEnd> appending(AppendCall call) {
            return end -> {
              if (end.waited().plus(end.written()).toMillis() > 100) {
                LOG.log(
                    System.Logger.Level.WARNING,
                    "a slow append of {0} events: waited {1}, written in {2}",
                    call.events(),
                    end.waited(),
                    end.written());
              }
            };
          }
        };
    try (Daybook daybook = Daybook.inMemory()) {
      daybook.observe(slow);
      assertThat(
              daybook
                  .journal(Account.class)
                  .append("account-1", ExpectedSeq.any(), new Opened("Ann"))
                  .seq())
          .isOne();
    }
  }

  @Test
  void a_recording_has_what_the_page_shows() throws Exception {
    Path file = directory.resolve("service.jfr");
    try (Recording recording = new Recording();
        Daybook daybook = Daybook.open(directory.resolve("accounts.db"))) {
      recording.start();
      Journal<Account> accounts = daybook.journal(Account.class);
      accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
      Subscriber<Account> reading = Subscriber.of("r", accounts, AtLeastOnce.each(event -> {}));
      try (Subscription subscription = daybook.subscriptions().start(reading)) {
        Await.position(subscription, 1);
      }
      recording.stop();
      recording.dump(file);
    }

    assertThat(namesInTable("daybook\\.[A-Z]\\w+", "### Recordings", "### Your own"))
        .hasSize(5)
        .allSatisfy(event -> assertThat(run("jfr summary service.jfr")).contains(event));
    String print =
        blocks("flight-recording").stream()
            .filter(line -> line.startsWith("jfr print"))
            .findFirst()
            .orElseThrow();
    String printed = run(print);
    assertThat(printed).containsPattern(pattern(Block.output(PAGE, "append-event")));
    assertThat(printed).contains("LEASE_TAKEN", "LEASE_GIVEN_UP");
  }

  private static List<String> blocks(String marker) throws IOException {
    return Block.of(PAGE, Block.page(PAGE)).stream()
        .filter(block -> block.marker().equals(marker))
        .flatMap(block -> block.code().stream())
        .toList();
  }

  /** The JDK's own program, in the directory of the recording. */
  private String run(String line) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(line.split(" ", -1)));
    command.set(0, Path.of(System.getProperty("java.home"), "bin", command.get(0)).toString());
    Path output = directory.resolve("printed");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Await.ended(process);
    assertThat(process.exitValue()).as(line).isZero();
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  private static Pattern pattern(String shown) {
    return Pattern.compile(
        shown
            .lines()
            .map(line -> Pattern.quote(line.strip()).replace("…", "\\E.*\\Q"))
            .collect(Collectors.joining("\\s+")));
  }

  /** The names at the beginning of the lines of a table. */
  private static List<String> namesInTable(String name, String from, String to) throws IOException {
    String page = Block.page(PAGE);
    Matcher row =
        Pattern.compile("(?m)^\\| `(" + name + ")` \\|")
            .matcher(page.substring(page.indexOf(from), page.indexOf(to)));
    List<String> names = new ArrayList<>();
    while (row.find()) {
      names.add(row.group(1));
    }
    return names;
  }
}
