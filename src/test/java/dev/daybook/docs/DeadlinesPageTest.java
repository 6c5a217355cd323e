package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.Repositories;
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
      Repositories bounded = daybook.withDeadline(Duration.ofMillis(500));
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
}
