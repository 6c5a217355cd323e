package dev.daybook.cli;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.fixture.PostgresAddress;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.fixture.SteppedTransaction;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who holds readers back, on the command line. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DoctorCommandTest {

  @TempDir private Path directory;

  @Test
  void nobody_is_held_back_from_a_file() {
    String file = directory.resolve("shop.db").toString();
    Run.of("append", "s", "--db", file, "--type", "T", "{}");

    Run run = Run.of("doctor", "--db", file);

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .matches(
            """
            database\tSQLite 3\\..*
            lastEvent\t1
            watermark\t1
            highestGiven\t1
            heldBack\t0
            holders\t0
            logBytes\t0
            """);
  }

  @Test
  void gaps_are_counted_on_demand() {
    String file = directory.resolve("shop.db").toString();
    Run.of("append", "s", "--db", file, "--type", "T", "{}");
    Run.of("append", "s", "--db", file, "--type", "T", "{}");
    Run.of("delete", "s", "--to", "1", "--db", file, "--force");

    assertThat(Run.of("doctor", "--db", file, "--gaps").out())
        .endsWith(
            "without an event: 1 of the positions up to 2; of 1 stream events were deleted, or moved to another store\n");
    assertThat(Run.of("doctor", "--db", file, "--gaps", "--json").out())
        .endsWith("{\"positions\":2,\"events\":1,\"missing\":1,\"streamsWithDeletions\":1}\n");
  }

  @Test
  void a_reader_that_makes_the_log_too_long_is_a_status_of_its_own() {
    Path file = directory.resolve("shop.db");
    EncodedEvent event = EncodedEvent.json("T", "\"" + "x".repeat(9 << 20) + "\"");
    try (Daybook daybook = Daybook.open(file)) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      journal.append("a", ExpectedSeq.any(), EncodedEvent.json("T", "1"));
      try (Stream<?> reading = journal.stream(EventQuery.all())) {
        assertThat(reading.iterator().next()).isNotNull();
        journal.append("a", ExpectedSeq.any(), event);
        journal.append("a", ExpectedSeq.any(), event);

        Run held = Run.of("doctor", "--db", file.toString());
        assertThat(held.status()).isEqualTo(1);
        assertThat(held.out())
            .containsPattern("logBytes\t1[89][0-9]{6}\n")
            .containsPattern("\n1[89][0-9]{6} bytes of the write-ahead log can't be moved");
        assertThat(Run.of("doctor", "--db", file.toString(), "--json").out())
            .containsPattern("\n\\{\"logHeldBytes\":1[89][0-9]{6},\"logLimitBytes\":16777216\\}\n");
      }
      assertThat(Run.of("doctor", "--db", file.toString()).status()).isZero();
    }
  }

  @Test
  void who_holds_readers_back_for_too_long_is_a_status_of_its_own() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase();
        Daybook daybook = Daybook.builder(database.pool(2)).build()) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      journal.append("a", ExpectedSeq.any(), moved(1));
      try (SteppedTransaction slow = SteppedTransaction.begin(database.dataSource())) {
        slow.run(tx -> journal.within(tx).append("b", ExpectedSeq.any(), moved(1)));
        slow.run(tx -> tx.dsl().fetch("select 1,\n  2"));
        int process = slow.backend();
        slow.run(tx -> tx.dsl().fetch("select 1,\n  2"));
        journal.append("a", ExpectedSeq.any(), moved(1));

        Run patient = run(database, "--patience", "3600");
        assertThat(patient.status()).isZero();
        assertThat(patient.out())
            .contains("lastEvent\t3\nwatermark\t1\nhighestGiven\t3\nheldBack\t1\n")
            .containsPattern(
                "held back from position 2 by process %d, user .*, open for .* s, idle in transaction: select 1, 2\n"
                    .formatted(process));
        Run impatient = run(database, "--patience", "0", "--json");
        assertThat(impatient.status()).isEqualTo(1);
        assertThat(impatient.out().lines().filter(line -> line.startsWith("{\"heldFrom")))
            .hasSize(1);
        assertThat(impatient.out())
            .containsPattern(
                "\"watermark\":1,\"highestGiven\":3,\"heldBack\":1,\"holders\":1,\"connections\":[1-9][0-9]*,\"allConnections\":[1-9][0-9]*,\"maxConnections\":[1-9][0-9]*}")
            .contains("{\"heldFrom\":2,\"process\":%d,\"user\":".formatted(process))
            .contains("\"state\":\"idle in transaction\",\"statement\":\"select 1,\\n  2\"}");
      }
      assertThat(run(database, "--patience", "0").status()).isZero();
    }
  }

  @Test
  void positions_are_fixed_where_the_sequence_was_left_behind() {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      try (Daybook daybook = Daybook.builder(database.dataSource()).build()) {
        Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
        journal.append("a", ExpectedSeq.any(), moved(1));
        journal.append("a", ExpectedSeq.any(), moved(2));
      }
      DSL.using(database.dataSource(), SQLDialect.POSTGRES)
          .execute("alter sequence events_position restart");

      Run refused = run(database);
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.err()).contains("daybook doctor --fix positions");
      Run fixed = run(database, "--fix", "positions");
      assertThat(fixed.status()).isZero();
      assertThat(fixed.out())
          .startsWith(
              "the database knows now that positions are given up to 2, and knew it up to 0; `daybook verify`")
          .contains("watermark\t2\n");
      assertThat(run(database, "--fix", "positions", "--json").out())
          .startsWith("{\"fixed\":\"nothing\",\"givenBefore\":2,\"givenNow\":2}\n");
    }
  }

  private static Run run(PostgresDatabase database, String... options) {
    PostgresAddress address = PostgresAddress.of(database.url());
    List<String> args =
        new ArrayList<>(List.of("doctor", "--db", address.url(), "--user", address.user()));
    args.addAll(List.of(options));
    return Run.withEnvironment(
        Map.of("DAYBOOK_PASSWORD", address.password()), args.toArray(String[]::new));
  }
}
