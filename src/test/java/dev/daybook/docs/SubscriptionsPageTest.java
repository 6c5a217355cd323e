package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.docs.Account.Deposited;
import dev.daybook.docs.Account.Opened;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.DeadLetter;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionInfo;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.subscription.Subscriptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the page on subscriptions, and its table of states. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SubscriptionsPageTest {

  static final Table<?> DEPOSITS = DSL.table(DSL.name("deposits"));
  static final Field<String> ACCOUNT = DSL.field(DSL.name("account"), String.class);
  static final Field<BigDecimal> AMOUNT = DSL.field(DSL.name("amount"), BigDecimal.class);

  static void record(Configuration transaction, RecordedEvent<Account> event) {
    if (event.data() instanceof Deposited deposited) {
      DSL.using(transaction)
          .insertInto(DEPOSITS, ACCOUNT, AMOUNT)
          .values(event.streamId(), deposited.amount())
          .execute();
    }
  }

  @TempDir private Path directory;
  private Daybook daybook;
  private Journal<Account> accounts;

  @BeforeEach
  void open() {
    daybook = Daybook.open(directory.resolve("accounts.db"));
    accounts = daybook.journal(Account.class);
    accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
    daybook.transaction(
        tx -> DSL.using(tx).createTable(DEPOSITS).columns(ACCOUNT, AMOUNT).execute());
  }

  @AfterEach
  void close() {
    daybook.close();
  }

  @Test
  void each_deposit_is_applied_once() throws InterruptedException {
    Subscriber<Account> deposits =
        Subscriber.of("deposits", accounts, ExactlyOnce.each(SubscriptionsPageTest::record))
            .select(EventQuery.all().inStreams("account-"))
            .onFailure(OnFailure.park());
    try (Subscription subscription = daybook.subscriptions().start(deposits)) {
      RecordedEvent<Account> deposited =
          accounts.append("account-1", ExpectedSeq.any(), new Deposited(BigDecimal.TEN));
      boolean there = subscription.awaitPosition(deposited.position(), Duration.ofSeconds(5));
      System.out.println(there);
    }
    try (Subscription subscription = daybook.subscriptions().start(deposits)) {
      assertThat(subscription.awaitPosition(2, Await.PATIENCE)).isTrue();
    }
    assertThat(count()).isOne();
  }

  @Test
  void a_program_waits_until_its_subscription_is_closed() throws InterruptedException {
    Subscriber<Account> deposits =
        Subscriber.of("deposits", accounts, ExactlyOnce.each(SubscriptionsPageTest::record));
    Subscription subscription = daybook.subscriptions().start(deposits);
    Thread other = new Thread(subscription::close);
    other.start();

    subscription.done().toCompletableFuture().join();

    other.join();
    assertThat(subscription.state()).isEqualTo(SubscriptionState.STOPPED);
  }

  @Test
  void mails_are_sent_by_four_threads() throws InterruptedException {
    Set<String> sent = ConcurrentHashMap.newKeySet();
    Subscriber<Account> mails =
        Subscriber.of("mails", accounts, AtLeastOnce.<Account>each(e -> sent.add(e.streamId())))
            .from(StartFrom.beginning())
            .partitions(4)
            .lease(Duration.ofSeconds(30));
    try (Subscription subscription = daybook.subscriptions().start(mails)) {
      assertThat(subscription.awaitState(SubscriptionState.LIVE, Await.PATIENCE)).isTrue();
    }
    assertThat(sent).containsExactly("account-1");
  }

  @Test
  void a_parked_event_is_retried() throws InterruptedException {
    AtomicBoolean mailServerIsUp = new AtomicBoolean();
    AtLeastOnce<Account> handler =
        AtLeastOnce.each(
            event -> {
              if (!mailServerIsUp.get()) {
                throw new IllegalStateException("no mail server");
              }
            });
    Subscriber<Account> mails =
        Subscriber.of("mails", accounts, handler)
            .onFailure(
                OnFailure.parkStream()
                    .retries(2, Duration.ofMillis(10), Duration.ofSeconds(1))
                    .limit(50));
    try (Subscription subscription = daybook.subscriptions().start(mails)) {
      assertThat(subscription.awaitState(SubscriptionState.LIVE, Await.PATIENCE)).isTrue();
      mailServerIsUp.set(true);
      Subscriptions subscriptions = daybook.subscriptions();
      for (DeadLetter letter : subscriptions.deadLetters("mails")) {
        System.out.println(letter.streamId() + "/" + letter.seq() + ": " + letter.error());
        subscriptions.retryDeadLetter("mails", letter.position());
      }
      Await.until(() -> subscriptions.deadLetters("mails").isEmpty());
    }
  }

  @Test
  void a_projection_is_built_anew() throws InterruptedException {
    accounts.append("account-1", ExpectedSeq.any(), new Deposited(BigDecimal.TEN));
    Subscriber<Account> deposits =
        Subscriber.of("deposits", accounts, ExactlyOnce.each(SubscriptionsPageTest::record));
    try (Subscription subscription = daybook.subscriptions().start(deposits)) {
      assertThat(subscription.awaitPosition(2, Await.PATIENCE)).isTrue();
    }
    Subscriptions subscriptions = daybook.subscriptions();
    subscriptions.pause("deposits");
    subscriptions.resume("deposits");
    subscriptions.rebuild("deposits", tx -> DSL.using(tx).deleteFrom(DEPOSITS).execute());
    for (SubscriptionInfo info : subscriptions.list()) {
      System.out.println(info.name() + ": " + info.lagEvents() + " events to do");
    }
    assertThat(count()).isZero();
    assertThat(subscriptions.find("deposits")).map(SubscriptionInfo::lagEvents).contains(2L);
    try (Subscription subscription = subscriptions.start(deposits)) {
      assertThat(subscription.awaitPosition(2, Await.PATIENCE)).isTrue();
    }
    assertThat(count()).isOne();
    List<DeadLetter> none = subscriptions.deadLetters();
    assertThat(none).isEmpty();
  }

  @Test
  void the_table_has_every_state() throws IOException {
    String page = Block.page(Block.MANUAL.resolve("subscriptions.md"));
    for (SubscriptionState state : SubscriptionState.values()) {
      assertThat(page).contains("| `" + state + "` | ");
    }
  }

  private int count() {
    return daybook.<Integer, RuntimeException>transactionResult(
        tx -> DSL.using(tx).fetchCount(DEPOSITS));
  }
}
