package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.FilledStore;
import dev.daybook.conformance.StoredStore;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.settings.TableNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores whose tables have other names, by the command line. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TableNamesOptionTest {

  private static final TableNames APP = TableNames.prefixed("app_");

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void make_a_store() throws IOException {
    file = directory.resolve("shop.db");
    try (Daybook daybook = Daybook.builder(file).wal(false).tables(APP).build()) {
      daybook.rawJournal().append("s", ExpectedSeq.any(), EncodedEvent.json("T", "{}"));
    }
    Files.writeString(directory.resolve("lines.ndjson"), "{\"s\":\"s\",\"t\":\"T\"}\n");
  }

  static Stream<String> commands() {
    return Stream.of(
        "migrate",
        "migrate --print",
        "append s --type T {}",
        "import DIR/lines.ndjson --stream /s --type /t",
        "read s",
        "events",
        "streams",
        "stream status s",
        "stream archive s",
        "archive s --to DIR/archive.db",
        "delete s --to 1",
        "stats",
        "snapshots s",
        "snapshot invalidate s",
        "docs",
        "doc read d",
        "checkpoints",
        "checkpoint set c 1",
        "subscriptions",
        "subscriptions pause c",
        "dead-letters list",
        "backup DIR/backup.db",
        "verify",
        "doctor");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_command_that_does_not_name_the_tables_is_told_and_changes_nothing(String command)
      throws IOException {
    byte[] before = Files.readAllBytes(file);

    Run run = run(command);

    assertThat(run.status()).as(run.toString()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "daybook: %s has no store by the names that were asked for; it has tables app_events (use --tables app_); `daybook migrate --db '%s' --tables PREFIX` makes another store beside them\n"
                .formatted(file, file));
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_command_that_names_them_finds_the_store(String command) {
    Run run = run(command + " --tables app_");

    assertThat(run.err()).doesNotContain("has no store");
    try (Daybook daybook = Daybook.builder(file).tables(APP).build()) {
      assertThat(daybook.maintenance().otherStores()).isEmpty();
    }
  }

  @Test
  void what_is_printed_is_what_is_in_those_tables() {
    assertThat(run("stats --tables app_").out()).contains("events\t1\n");
    assertThat(run("verify --tables app_").out())
        .isEqualTo("0 findings in 1 event and 0 documents\n");
    assertThat(run("append s --type T {} --tables app_").status()).isZero();
    assertThat(run("read s --tables app_").lines()).hasSize(2);
  }

  @Test
  void a_second_store_is_made_beside_the_first_if_its_names_are_given() {
    assertThat(run("migrate --tables b_").status()).isZero();
    assertThat(run("stats").err())
        .contains("app_events (use --tables app_)", "b_events (use --tables b_)");
    Path defaults = directory.resolve("defaults.db");
    try (Daybook daybook = Daybook.open(defaults)) {
      assertThat(daybook.schemaVersion()).isNotEmpty();
    }
    file = defaults;

    assertThat(run("stats --tables app_").err()).contains("it has tables events (use no --tables)");
    assertThat(run("stats").status()).isZero();
    assertThat(run("stats", "--tables", "").status()).isZero();
  }

  @Test
  void single_tables_may_have_other_names() {
    file = directory.resolve("single.db");
    TableNames names =
        APP.with(TableNames.Table.EVENTS, "ledger").with(TableNames.Table.STREAMS, "accounts");
    try (Daybook daybook = Daybook.builder(file).tables(names).build()) {
      daybook.rawJournal().append("s", ExpectedSeq.any(), EncodedEvent.json("T", "{}"));
    }

    assertThat(run("stats").err()).contains("ledger (use --tables events=ledger)");
    assertThat(run("stats --tables app_,events=ledger,streams=accounts").out())
        .contains("events\t1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "1x, is not an identifier",
    "nope=x, 'is not a table of a store; expected one of streams, events, '",
    "'events=x,app_', has a prefix after another name",
    "'events=x,streams=x', is given twice",
  })
  void names_that_can_not_be_are_wrong_usage(String names, String problem) {
    Run run = run("stats", "--tables", names);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--tables").contains(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "doctor", "stats", "backup DIR/backup.db"})
  void a_store_that_is_not_there_is_no_healthy_one(String command) throws IOException {
    file = Files.createFile(directory.resolve("empty.db"));

    Run run = run(command);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("it has no tables")
        .endsWith(
            "`daybook migrate --db '%s'` makes tables where there are none\n".formatted(file));
    assertThat(file).isEmptyFile();
  }

  @Test
  void every_command_takes_the_names_of_tables() {
    for (String command :
        commands().map(each -> each.replaceFirst(" .*", "")).distinct().toList()) {
      String help = Run.of(command, "--help").out();
      assertThat(help.contains("--tables") || help.contains("Commands:")).as(command).isTrue();
    }
    assertThat(Run.of("restore", "--help").out()).contains("--tables");
    assertThat(Run.of("copy", "--help").out()).contains("--from-tables", "--to-tables");
    assertThat(Run.of("archive", "--help").out()).contains("--tables", "--to-tables");
    assertThat(Run.of("stream", "restore", "--help").out()).contains("--tables", "--from-tables");
  }

  @Test
  void a_store_is_copied_to_other_names_in_the_same_file_and_in_another() {
    Path other = directory.resolve("other.db");
    file = directory.resolve("filled.db");
    try (Daybook daybook = Daybook.open(file)) {
      FilledStore.fill(daybook);
    }

    Run beside = copy("--to-tables", "b_", "--to", file + "");
    Run elsewhere = copy("--from-tables", "b_", "--to", other + "");

    assertThat(beside.status()).as(beside.err()).isZero();
    assertThat(elsewhere.status()).as(elsewhere.err()).isZero();
    try (Daybook source = Daybook.open(file);
        Daybook target = Daybook.open(other)) {
      assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
    }
    file = directory.resolve("shop.db");
    assertThat(copy("--to", directory.resolve("x.db") + "").err())
        .contains("app_events (use --from-tables app_)");
    file = other;
    assertThat(copy("--to", directory.resolve("shop.db") + "").err())
        .contains("app_events (use --to-tables app_)");
  }

  @Test
  void a_stream_is_archived_to_other_names_and_back() {
    Path archive = directory.resolve("archive.db");
    String there = " --to " + archive + " --to-tables old_";

    assertThat(run("archive s --tables app_" + there).status()).isZero();
    assertThat(Run.of("read", "s", "--db", archive + "", "--tables", "old_").lines()).hasSize(1);
    assertThat(run("stream restore s --tables app_ --from " + archive).err())
        .contains("old_events (use --from-tables old_)");
    assertThat(
            run("stream restore s --tables app_ --from " + archive + " --from-tables old_")
                .status())
        .isZero();
    assertThat(run("read s --tables app_").lines()).hasSize(1);
    assertThat(run("stream restore s --tables app_ --from-tables old_").status()).isEqualTo(2);
  }

  @Test
  void a_store_is_not_copied_or_moved_to_itself_by_whatever_path() throws IOException {
    Path soft = Files.createSymbolicLink(directory.resolve("soft.db"), file);
    Path hard = Files.createLink(directory.resolve("hard.db"), file);
    byte[] before = Files.readAllBytes(file);

    for (Path same : List.of(file, soft, hard, directory.resolve("./x/../shop.db"))) {
      if (same.toString().contains("/x/")) {
        Files.createDirectories(directory.resolve("x"));
      }
      for (Run run :
          List.of(
              copy("--from-tables", "app_", "--to", same + "", "--to-tables", "app_"),
              run("archive s --tables app_ --to " + same + " --to-tables app_"),
              run("stream restore s --tables app_ --from " + same + " --from-tables app_"))) {
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).endsWith("are the same store; expected another one\n");
      }
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  private Run copy(String... options) {
    List<String> args = new ArrayList<>(List.of("copy", "--from", file + ""));
    args.addAll(Arrays.asList(options));
    return Run.of(args.toArray(String[]::new));
  }

  private Run run(String command, String... more) {
    List<String> args =
        new ArrayList<>(List.of(command.replace("DIR", directory.toString()).split(" ")));
    args.addAll(Arrays.asList(more));
    args.addAll(List.of("--db", file.toString()));
    return Run.of(args.toArray(String[]::new));
  }
}
