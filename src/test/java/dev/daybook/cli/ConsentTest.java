package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What deletes something, or can't be undone, is done only if somebody says so. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConsentTest {

  private static final String META =
      "{\"record\":\"meta\",\"replicaType\":{\"name\":\"text\",\"major\":1,\"minor\":0},\"syncMode\":{\"writerModel\":\"one\",\"delivery\":\"pull\",\"durability\":\"all\"},\"schemaHash\":\"s1\"}";

  @TempDir private Path directory;
  private String db;

  @BeforeEach
  void make_a_store() {
    Path file = directory.resolve("shop.db");
    db = file.toString();
    try (Daybook daybook = Daybook.open(file)) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
      journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(2));
      daybook.snapshots(Integer.class).save("a", 2, 7);
      daybook.checkpoints().reset("mails", 2);
    }
    assertThat(Run.withInput(META, "doc", "append", "note", "--db", db).err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete a --to 1",
        "stream delete a",
        "snapshot invalidate a",
        "snapshot invalidate --all",
        "checkpoint delete mails",
        "checkpoint set mails 3",
        "subscriptions reset mails --to 1",
        "subscriptions rebuild mails",
        "doc delete note"
      })
  void it_asks_and_does_nothing_without_a_yes(String command) {
    String before = all();

    Run refused = run(command);
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).startsWith("daybook: this would ").contains("--force", "--dry-run");
    Run planned = run(command + " --dry-run");
    assertThat(planned.status()).isZero();
    assertThat(planned.out()).startsWith("would ").hasLineCount(1);
    for (String answer : List.of("", "n\n", "no\n", "maybe\n")) {
      Run no = Run.onTerminal(answer, args(command));
      assertThat(no.status()).isEqualTo(1);
      assertThat(no.err())
          .startsWith("This will ")
          .endsWith("Continue? [y/N] daybook: nothing was changed\n");
    }
    assertThat(all()).isEqualTo(before);

    assertThat(Run.onTerminal("y\n", args(command)).status()).isZero();
    assertThat(all()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete a --to 1", "stream delete a", "doc delete note"})
  void force_does_it_without_asking(String command) {
    Run run = run(command + " --force");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint set mails 1", "checkpoint set other 2"})
  void what_can_be_undone_is_done(String command) {
    assertThat(run(command).status()).isZero();
  }

  private String all() {
    List<String> all = new ArrayList<>();
    for (String command :
        List.of("events", "streams --counts", "snapshots", "docs", "checkpoints")) {
      all.add(run(command + " --json").out());
    }
    return all.toString();
  }

  private Run run(String command) {
    return Run.of(args(command));
  }

  private String[] args(String command) {
    return (command + " --db " + db).split(" ");
  }
}
