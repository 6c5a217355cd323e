package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.docs.Account.Deposited;
import dev.daybook.docs.Account.Opened;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadmePageTest {

  @TempDir private Path directory;

  @Test
  void the_ten_lines_compute_the_balance() {
    try (Daybook daybook = Daybook.open(directory.resolve("accounts.db").toString())) {
      Journal<Account> accounts = daybook.journal(Account.class);
      accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
      accounts.append("account-1", ExpectedSeq.exactly(1), new Deposited(new BigDecimal("12.50")));
      BigDecimal balance = BigDecimal.ZERO;
      for (RecordedEvent<Account> event : accounts.read(EventQuery.stream("account-1"))) {
        if (event.data() instanceof Deposited deposited) {
          balance = balance.add(deposited.amount());
        }
      }
      System.out.println(balance);
      assertThat(balance).isEqualTo("12.50");
    }
  }
}
