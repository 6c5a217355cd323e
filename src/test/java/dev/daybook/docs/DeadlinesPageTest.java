package dev.daybook.docs;

import static java.math.BigDecimal.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.DaybookStore;
import dev.daybook.docs.Account.Deposited;
import dev.daybook.docs.Account.Opened;
import dev.daybook.error.DeadlineException;
import dev.daybook.error.OutcomeUnknownException;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The Java of the page on deadlines. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeadlinesPageTest {

  @Test
  void a_bounded_append_is_written_or_says_what_became_of_it() {
    try (Daybook daybook = Daybook.inMemory()) {
      daybook.schemaVersion();
      DaybookStore bounded = daybook.withDeadline(Duration.ofMillis(500));
      Journal<Account> accounts = bounded.journal(Account.class);
      try {
        accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
      } catch (DeadlineException e) {
        System.out.println("not written, try again later");
      } catch (OutcomeUnknownException e) {
        System.out.println("perhaps written, read before another try");
      }
      assertThat(daybook.rawJournal().highestSeq("account-1")).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void a_bounded_transaction_is_written_as_a_whole() {
    try (Daybook daybook = Daybook.inMemory()) {
      Journal<Account> accounts = daybook.journal(Account.class);
      accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
      DaybookStore bounded = daybook.withDeadline(Duration.ofMinutes(10));

      bounded.transaction(
          tx -> {
            accounts.within(tx).append("account-1", ExpectedSeq.exactly(1), new Deposited(TEN));
            accounts.within(tx).append("account-2", ExpectedSeq.noStream(), new Opened("Bob"));
          });

      assertThat(daybook.rawJournal().stats().events()).isEqualTo(3);
    }
  }
}
