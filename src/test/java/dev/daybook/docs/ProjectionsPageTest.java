package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.docs.Account.Deposited;
import dev.daybook.docs.Account.Opened;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the page on inline projections. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProjectionsPageTest {

  static final Table<?> BALANCES = DSL.table(DSL.name("balances"));
  static final Field<String> ACCOUNT = DSL.field(DSL.name("account"), SQLDataType.VARCHAR);
  static final Field<BigDecimal> BALANCE = DSL.field(DSL.name("balance"), SQLDataType.DECIMAL);

  private static final AtomicInteger OPENED = new AtomicInteger();

  static void apply(Configuration tx, RecordedEvent<Account> event) {
    if (event.data() instanceof Opened) {
      DSL.using(tx)
          .insertInto(BALANCES, ACCOUNT, BALANCE)
          .values(event.streamId(), BigDecimal.ZERO)
          .execute();
    } else if (event.data() instanceof Deposited deposited) {
      DSL.using(tx)
          .update(BALANCES)
          .set(BALANCE, BALANCE.plus(deposited.amount()))
          .where(ACCOUNT.eq(event.streamId()))
          .execute();
    }
  }

  static void count(Configuration tx, RecordedEvent<Account> event) {
    if (event.data() instanceof Opened) {
      OPENED.incrementAndGet();
    }
  }

  @TempDir private Path directory;
  private Daybook daybook;
  private Journal<Account> accounts;

  @BeforeEach
  void open() {
    daybook = Daybook.open(directory.resolve("accounts.db"));
    accounts = daybook.journal(Account.class);
    daybook.transaction(
        tx -> DSL.using(tx).createTable(BALANCES).columns(ACCOUNT, BALANCE).execute());
  }

  @AfterEach
  void close() {
    daybook.close();
  }

  private BigDecimal balance(String account) {
    return daybook.transactionResult(
        tx ->
            Objects.requireNonNull(
                DSL.using(tx)
                    .select(BALANCE)
                    .from(BALANCES)
                    .where(ACCOUNT.eq(account))
                    .fetchSingle(BALANCE)));
  }

  @Test
  void a_balance_is_read_right_after_its_event() {
    Subscriber<Account> balances =
        Subscriber.of("balances", accounts, ExactlyOnce.each(ProjectionsPageTest::apply));
    Journal<Account> withBalances = daybook.subscriptions().inline(balances);
    withBalances.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
    withBalances.append("account-1", ExpectedSeq.exactly(1), new Deposited(BigDecimal.TEN));
    System.out.println(balance("account-1"));

    assertThat(balance("account-1")).isEqualByComparingTo(BigDecimal.TEN);
  }

  @Test
  void a_subscription_handles_what_others_append() throws InterruptedException {
    Subscriber<Account> balances =
        Subscriber.of("balances", accounts, ExactlyOnce.each(ProjectionsPageTest::apply));
    daybook
        .subscriptions()
        .inline(balances)
        .append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));

    accounts.append("account-2", ExpectedSeq.noStream(), new Opened("Bob"));
    long lag = daybook.subscriptions().find("balances").orElseThrow().lagEvents();
    Subscription subscription = daybook.subscriptions().start(balances);

    assertThat(lag).isOne();
    Await.position(subscription, accounts.latestPosition());
    assertThat(balance("account-2")).isZero();
  }

  @Test
  void a_rebuild_clears_the_table_and_the_next_append_fills_it() {
    Subscriber<Account> balances =
        Subscriber.of("balances", accounts, ExactlyOnce.each(ProjectionsPageTest::apply));
    Journal<Account> withBalances = daybook.subscriptions().inline(balances);
    withBalances.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));

    daybook.subscriptions().rebuild("balances", tx -> DSL.using(tx).deleteFrom(BALANCES).execute());

    withBalances.append("account-1", ExpectedSeq.exactly(1), new Deposited(BigDecimal.TEN));
    assertThat(balance("account-1")).isEqualByComparingTo(BigDecimal.TEN);
  }

  @Test
  void two_projections_are_handled_by_one_append() {
    Subscriber<Account> balances =
        Subscriber.of("balances", accounts, ExactlyOnce.each(ProjectionsPageTest::apply));
    Journal<Account> withBalances = daybook.subscriptions().inline(balances);

    Subscriber<Account> openings =
        Subscriber.of("openings", withBalances, ExactlyOnce.each(ProjectionsPageTest::count));
    Journal<Account> withBoth = daybook.subscriptions().inline(openings);

    withBoth.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
    assertThat(balance("account-1")).isZero();
    assertThat(OPENED).hasValue(1);
  }
}
