package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.Daybook;
import dev.daybook.docs.Account.Deposited;
import dev.daybook.docs.Account.Withdrawn;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.recovery.Decision;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.testing.DecisionFixture;
import dev.daybook.testing.TestDaybook;
import dev.daybook.testing.junit.DaybookExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Java of the page on tests. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TestingPageTest {

  private static final Path PAGE = Path.of("src/docs/testing.md");

  static Decision<Balance, Account, RuntimeException> withdraw(BigDecimal amount) {
    return balance -> {
      if (balance.amount().compareTo(amount) < 0) {
        throw new IllegalStateException("the account has " + balance.amount());
      }
      return List.of(new Withdrawn(amount));
    };
  }

  @Test
  void decisions_are_tested_without_a_database() throws IOException {
    BigDecimal ten = new BigDecimal("10");
    DecisionFixture<Balance, Account> balances =
        DecisionFixture.of(Account.class, () -> Balance.ZERO, Balance::after)
            .withSnapshots(Balance.class);

    balances
        .given(new Deposited(ten), new Deposited(ten))
        .when(withdraw(ten))
        .then(new Withdrawn(ten))
        .thenState(new Balance(ten));

    balances.givenNothing().when(withdraw(ten)).thenThrows(IllegalStateException.class, "has 0");

    balances.givenState(new Balance(ten)).when(balance -> List.of()).thenNothing();

    AssertionError failure =
        catchThrowableOfType(
            AssertionError.class,
            () ->
                balances
                    .given(new Deposited(ten), new Deposited(ten))
                    .when(balance -> List.of(new Withdrawn(balance.amount())))
                    .then(new Withdrawn(ten)));
    assertThat(failure).hasMessage(Block.output(PAGE, "difference"));
  }

  @ExtendWith(DaybookExtension.class)
  static class DepositsTest {

    @Test
    void a_handler_gets_the_deposits(TestDaybook store) throws InterruptedException {
      List<String> seen = new CopyOnWriteArrayList<>();
      Journal<Account> accounts = store.daybook().journal(Account.class);
      store
          .daybook()
          .subscriptions()
          .start(Subscriber.of("seen", accounts, AtLeastOnce.each(e -> seen.add(e.streamId()))));

      accounts.append("account-1", ExpectedSeq.any(), new Deposited(BigDecimal.TEN));
      store.clock().advance(Duration.ofDays(1));
      accounts.append("account-2", ExpectedSeq.any(), new Deposited(BigDecimal.ONE));
      store.awaitAll();

      assertThat(seen).containsExactly("account-1", "account-2");
    }
  }

  @Test
  void the_extension_gives_each_test_a_store() throws InterruptedException {
    try (TestDaybook store = TestDaybook.inMemory()) {
      new DepositsTest().a_handler_gets_the_deposits(store);
    }
  }

  @RegisterExtension
  static final DaybookExtension STORE =
      DaybookExtension.inFile().with(builder -> builder.busyTimeout(Duration.ofSeconds(1)));

  @Test
  void a_store_is_a_parameter(Daybook daybook) {
    assertThat(daybook.rawJournal().latestPosition()).isZero();
  }
}
