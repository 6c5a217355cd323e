package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.ReadmeExampleTest.Account.Deposited;
import dev.daybook.ReadmeExampleTest.Account.Opened;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java, compiled and run. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadmeExampleTest {

  sealed interface Account {
    record Opened(String owner) implements Account {}

    record Deposited(BigDecimal amount) implements Account {}
  }

  @TempDir private Path directory;

  @Test
  void the_example_prints_the_balance() {
    assertThat(run(directory.resolve("accounts.db"))).isEqualTo("12.50");
  }

  @Test
  void the_readme_shows_what_is_compiled_here() throws IOException {
    List<String> readme = code(Files.readString(Path.of("README.md")));
    List<String> here =
        code(Files.readString(Path.of("src/test/java/dev/daybook/ReadmeExampleTest.java")));

    List<String> example =
        readme.subList(
            readme.indexOf("sealed interface Account {"),
            readme.indexOf("System.out.println(balance);"));

    assertThat(example).hasSizeGreaterThan(10);
    assertThat(here)
        .containsSubsequence(
            example.stream()
                .map(line -> line.replace("Path.of(\"accounts.db\")", "file"))
                .toList());
  }

  private static String run(Path file) {
    try (Daybook daybook = Daybook.open(file)) {
      Journal<Account> accounts = daybook.journal(Account.class);
      accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
      accounts.append("account-1", ExpectedSeq.exactly(1), new Deposited(new BigDecimal("12.50")));
      BigDecimal balance = BigDecimal.ZERO;
      for (RecordedEvent<Account> event : accounts.read(EventQuery.stream("account-1"))) {
        if (event.data() instanceof Deposited deposited) {
          balance = balance.add(deposited.amount());
        }
      }
      return balance.toPlainString();
    }
  }

  private static List<String> code(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
