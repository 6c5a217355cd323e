package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.NewEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which events {@code daybook events} prints, and in which order. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventsCommandTest {

  @TempDir private Path directory;
  private String db;

  /** Five events, an hour apart. */
  @BeforeEach
  void append() {
    Path file = directory.resolve("shop.db");
    db = file.toString();
    try (Daybook daybook = Daybook.open(file)) {
      for (int hour = 1; hour <= 5; hour++) {
        daybook
            .rawJournal()
            .append(
                "s",
                ExpectedSeq.any(),
                NewEvent.of(EncodedEvent.json("T" + hour % 2, "{}"))
                    .tagged("tag" + hour)
                    .at(Instant.parse("2026-01-31T0" + hour + ":00:00Z")));
      }
    }
  }

  @Test
  void the_newest_come_first_if_asked_for() {
    assertThat(positions("--newest-first", "--limit", "2")).containsExactly("5", "4");
    assertThat(positions("--newest-first", "--any-tag", "tag1", "--any-tag", "tag3"))
        .containsExactly("3", "1");
  }

  @Test
  void positions_and_times_bound_what_is_printed() {
    assertThat(positions("--after", "1", "--up-to", "3")).containsExactly("2", "3");
    assertThat(positions("--since", "2026-01-31T03:00:00Z", "--until", "2026-01-31T06:00:00+01:00"))
        .containsExactly("3", "4");
    assertThat(positions("--since", "2026-01-31", "--until", "2026-01-31")).isEmpty();
    assertThat(positions("--since", "2026-01-31", "--until", "2026-02-01")).hasSize(5);
  }

  @Test
  void a_count_prints_no_event() {
    assertThat(run("--count").out()).isEqualToIgnoringNewLines("5");
    assertThat(run("--count", "--type", "T1", "--json").out())
        .isEqualToIgnoringNewLines("{\"events\":3}");
  }

  @Test
  void a_time_that_is_none_is_named_with_what_was_expected() {
    Run run = run("--since", "yesterday");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("'yesterday' is not a valid time; expected one such as 2026-01-31T12:00:00Z")
        .doesNotContain("java.");
  }

  @Test
  void what_goes_on_has_no_end() {
    for (String[] end : List.of(new String[] {"--newest-first"}, new String[] {"--up-to", "3"})) {
      Run run = run(Stream.concat(Stream.of("--follow"), Stream.of(end)).toArray(String[]::new));

      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).contains("expected neither --newest-first nor --up-to");
    }
    assertThat(run("--follow", "--until", "2026-01-31T03:00:00Z").status()).isEqualTo(2);
    assertThat(run("--follow", "--count").status()).isEqualTo(2);
  }

  @Test
  void the_last_are_the_newest_in_the_order_of_the_journal() {
    assertThat(positions("--last", "2")).containsExactly("4", "5");
    assertThat(positions("--last", "2", "--type", "T1")).containsExactly("3", "5");
    assertThat(positions("--last", "2", "--until", "2026-01-31T04:00:00Z"))
        .containsExactly("2", "3");
    assertThat(positions("--last", "9")).hasSize(5);
    assertThat(positions("--last", "0")).isEmpty();
    assertThat(run("--last", "2", "--type", "T1", "--count").out()).isEqualTo("2\n");
    assertThat(run("--last", "1", "--limit", "1").status()).isEqualTo(2);
  }

  private List<String> positions(String... options) {
    Run run = run(options);
    assertThat(run.status()).as(run.err()).isZero();
    return run.out().lines().map(line -> line.split("\t", 2)[0]).toList();
  }

  private Run run(String... options) {
    return Run.of(
        Stream.concat(Stream.of("events", "--db", db), Stream.of(options)).toArray(String[]::new));
  }
}
