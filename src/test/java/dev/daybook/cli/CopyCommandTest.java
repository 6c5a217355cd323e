package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daybook.Daybook;
import dev.daybook.conformance.FilledStore;
import dev.daybook.conformance.StoredStore;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that copies a store. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CopyCommandTest {

  private static final int MOST_COPIES = 100;

  @TempDir private Path directory;
  private Path from;
  private Path to;

  @BeforeEach
  void fill() {
    from = directory.resolve("shop.db");
    to = directory.resolve("moved.db");
    try (Daybook daybook = Daybook.open(from)) {
      FilledStore.fill(daybook);
    }
  }

  @Test
  void a_store_is_copied_and_what_is_in_the_target_is_said() throws Exception {
    Run run = copy();
    Run again = copy("--json");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith(
            "copied 16 events up to position 25; the target has 6 streams, 16 events, 30 tags, 2 snapshots, 2 documents, 5 records, 2 checkpoints, 1 dead letter, 1 bulk load, SHA-256 ");
    JsonNode json = new JsonMapper().readTree(again.out());
    assertThat(json.get("complete").asBoolean()).isTrue();
    assertThat(json.get("copiedEvents").asLong()).isZero();
    assertThat(json.get("events").asLong()).isEqualTo(16);
    assertThat(run.out()).contains(json.get("hash").asText());
    try (Daybook source = Daybook.open(from);
        Daybook target = Daybook.open(to)) {
      assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
    }
  }

  @Test
  void a_source_that_is_written_all_the_time_has_a_status_of_its_own() throws Exception {
    ExecutorService writer = Executors.newSingleThreadExecutor();
    AtomicBoolean stop = new AtomicBoolean();
    Run run;
    try (Daybook daybook = Daybook.open(from)) {
      Future<?> writing =
          writer.submit(
              () -> {
                for (long n = 10; !stop.get(); n++) {
                  daybook.checkpoints().save("orders", n);
                }
              });
      // The writer may be kept from its processor while a copy comes to its end: then another one.
      int copies = 0;
      do {
        run = copy();
        copies++;
      } while (run.status() == 0 && copies < MOST_COPIES);
      stop.set(true);
      writing.get();
    } finally {
      stop.set(true);
      writer.shutdown();
    }

    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(run.err())
        .matches(
            "daybook: the target is 0 events and 1 other row behind; stop all writers of the source, and run the same command again: it continues from here\n");
    assertThat(copy().status()).isZero();
  }

  @Test
  void what_is_not_the_same_is_named_and_fails_the_command() {
    copy();
    try (Daybook daybook = Daybook.open(from)) {
      daybook.transaction(
          tx ->
              DSL.using(tx).execute("update events set codec = 'x' where stream_id = 'archived'"));
    }

    Run run = copy();

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.lines().findFirst().orElseThrow())
        .isEqualTo(
            "stream \"archived\": 13 rows in the source, 13 rows in the target, which differ");
    assertThat(run.err()).startsWith("daybook: 1 thing is not the same in the target");
    assertThat(copy("--json").lines().findFirst().orElseThrow())
        .isEqualTo(
            "{\"mismatch\":\"stream\",\"id\":\"archived\",\"sourceRows\":13,\"targetRows\":13}");
  }

  @Test
  void a_target_with_content_and_a_source_that_is_not_there_are_refused() {
    try (Daybook daybook = Daybook.open(to)) {
      FilledStore.fill(daybook);
    }
    Run refused = copy();
    from = directory.resolve("misspelt.db");
    Run missing = copy();

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).startsWith("daybook: the target has rows in its table ");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).isEqualTo("daybook: " + from + " does not exist\n");
    assertThat(from).doesNotExist();
    assertThat(Run.of("copy", "--from", from + "").status()).isEqualTo(2);
  }

  private Run copy(String... options) {
    String[] args = new String[options.length + 5];
    args[0] = "copy";
    args[1] = "--from";
    args[2] = from.toString();
    args[3] = "--to";
    args[4] = to.toString();
    System.arraycopy(options, 0, args, 5, options.length);
    return Run.of(args);
  }
}
