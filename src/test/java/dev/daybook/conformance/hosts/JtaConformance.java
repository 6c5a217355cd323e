package dev.daybook.conformance.hosts;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.DatabaseFixture;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.error.DaybookException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Appended;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import dev.daybook.jta.JtaTransactions;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What JTA alone has. */
abstract class JtaConformance extends HostConformance {

  private static final TransactionManager MANAGER = Narayana.MANAGER;

  JtaConformance(SharedDatabase kind) {
    super(kind, JtaHostFixture::new);
  }

  /** A transaction that a failed test has left would be in the next one's way. */
  @AfterEach
  void endTransaction() throws SystemException {
    if (MANAGER.getTransaction() != null) {
      MANAGER.rollback();
    }
  }

  @Test
  void a_transaction_that_takes_too_long_is_rolled_back_and_nothing_is_written_in_it_any_more()
      throws Exception {
    beginWithTimeout();
    append("a", 1);
    host.insertOrder(2);
    awaitRollback();

    List<Runnable> uses =
        List.of(
            () -> append("a", 2),
            () -> journal.read(EventQuery.all()),
            () -> daybook.checkpoints().save("c", 1),
            () -> daybook.transaction(tx -> {}));
    for (Runnable use : uses) {
      assertThatThrownBy(use::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has been rolled back, perhaps because it took too long");
    }
    assertThatThrownBy(MANAGER::commit).isInstanceOf(RollbackException.class);
    assertNothingStored();
    append("a", 1);
    assertThat(stored("a")).isEqualTo(1);
  }

  @Test
  void a_transaction_that_has_taken_too_long_before_daybook_is_used_is_refused_as_well()
      throws Exception {
    beginWithTimeout();
    awaitRollback();

    assertThatThrownBy(() -> append("a", 1)).isInstanceOf(IllegalStateException.class);
    host.inNew(() -> append("b", 1));
    assertThatThrownBy(MANAGER::commit).isInstanceOf(RollbackException.class);

    assertThat(stored("a")).isZero();
    assertThat(stored("b")).isEqualTo(1);
  }

  /** The thread that rolls back waits for the statement, and what follows it is refused. */
  @Test
  void a_transaction_may_take_too_long_while_it_writes() throws Exception {
    AtomicBoolean slow = new AtomicBoolean();
    Daybook watched =
        open(
            options ->
                options
                    .transactions(host.host())
                    .sqlListener(
                        sql -> {
                          if (slow.compareAndSet(true, false)) {
                            awaitRollback();
                          }
                        }));
    Journal<ParcelEvent> events = watched.journal(ParcelEvent.class);
    events.onAppend(heard);
    assertThat(watched.schemaVersion()).isNotEmpty();
    beginWithTimeout();
    events.append("a", any(), moved(1));
    slow.set(true);
    assertThatThrownBy(() -> events.append("a", any(), moved(2)))
        .isInstanceOf(DaybookException.class);
    assertThatThrownBy(MANAGER::commit).isInstanceOf(RollbackException.class);

    assertThat(outside.read(EventQuery.all())).isEmpty();
    assertThat(heard.all(events)).isEmpty();
  }

  private static void beginWithTimeout() throws Exception {
    MANAGER.setTransactionTimeout(1);
    try {
      MANAGER.begin();
    } finally {
      MANAGER.setTransactionTimeout(0);
    }
  }

  private static void awaitRollback() {
    Await.until(() -> status() == Status.STATUS_ROLLEDBACK);
  }

  private static int status() {
    try {
      return MANAGER.getStatus();
    } catch (SystemException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void daybook_s_transaction_that_takes_too_long_fails() throws Exception {
    MANAGER.setTransactionTimeout(1);
    try {
      assertThatThrownBy(
              () ->
                  daybook.transaction(
                      tx -> {
                        append("a", 1);
                        awaitRollback();
                      }))
          .isInstanceOf(RuntimeException.class);
    } finally {
      MANAGER.setTransactionTimeout(0);
    }
    assertNothingStored();
  }

  @Test
  void a_marked_transaction_that_has_not_used_daybook_is_refused() throws Exception {
    MANAGER.begin();
    MANAGER.setRollbackOnly();
    assertThatThrownBy(() -> append("a", 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is going to be rolled back");
    MANAGER.rollback();

    assertNothingStored();
  }

  @Test
  void a_mark_in_daybook_s_transaction_is_a_failure() {
    assertThatThrownBy(
            () ->
                daybook.transaction(
                    tx -> {
                      append("a", 1);
                      host.markForRollback();
                    }))
        .isInstanceOf(TransactionalException.class)
        .hasCauseInstanceOf(RollbackException.class);

    assertNothingStored();
  }

  @Test
  void a_handler_that_marks_its_transaction_has_failed() throws Exception {
    append("in", 1);
    AtomicBoolean marked = new AtomicBoolean();
    Subscriber<ParcelEvent> subscriber =
        Subscriber.of(
                "parcels",
                journal,
                ExactlyOnce.<ParcelEvent>each(
                    (tx, event) -> {
                      append("out", 1);
                      host.insertOrder(2);
                      if (!marked.getAndSet(true)) {
                        host.markForRollback();
                      }
                    }))
            .select(EventQuery.all().inStreams("in"))
            .onFailure(OnFailure.stop().retries(2, Duration.ZERO, Duration.ZERO));
    try (Subscription subscription = daybook.subscriptions().start(subscriber)) {
      Await.position(subscription, outside.latestPosition());
    }

    assertThat(marked).isTrue();
    assertThat(stored("out")).isEqualTo(1);
    assertThat(storedOrders()).containsExactly(1L, 2L);
  }

  @Test
  void a_suspended_transaction_is_not_joined_and_another_thread_may_resume_it() throws Exception {
    MANAGER.begin();
    append("a", 1);
    Transaction suspended = MANAGER.suspend();
    assertThat(stored("a")).isZero();
    CompletableFuture.runAsync(
            () -> {
              try {
                MANAGER.resume(suspended);
                append("a", 2);
                MANAGER.commit();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            })
        .join();

    assertThat(stored("a")).isEqualTo(2);
    assertThat(heard.all(journal)).hasSize(2);
    append("a", 3);
  }

  /** Whatever the order is in which the transaction manager calls them. */
  @Test
  void what_is_appended_before_the_completion_is_in_the_transaction() throws Exception {
    host.inTransaction(
        () -> {
          before(() -> append("b", 1), true);
          before(() -> append("c", 1), false);
          append("a", 1);
          before(() -> append("d", 1), true);
          before(() -> append("e", 1), false);
        });

    assertThat(heard.all(journal))
        .extracting(Appended::streamId)
        .containsExactlyInAnyOrder("a", "b", "c", "d", "e");
  }

  @Test
  void what_is_appended_before_a_completion_that_fails_is_rolled_back() {
    assertThatThrownBy(
            () ->
                host.inTransaction(
                    () -> {
                      append("a", 1);
                      before(
                          () -> {
                            append("b", 1);
                            throw new IllegalStateException("not this one");
                          },
                          true);
                    }))
        .hasRootCauseMessage("not this one");

    assertNothingStored();
  }

  @Test
  void what_is_appended_after_the_commit_commits_by_itself_whoever_comes_first() throws Exception {
    List<Long> seen = new ArrayList<>();
    host.inTransaction(
        () -> {
          append("a", 1);
          after(
              () -> {
                seen.add(stored("a"));
                append("a", 2);
              });
        });

    assertThat(seen).containsExactly(1L);
    assertThat(stored("a")).isEqualTo(2);
    assertThat(heard.all(journal)).hasSize(2);
  }

  private static void before(Runnable code, boolean interposed) throws Exception {
    register(code, () -> {}, interposed);
  }

  private static void after(Runnable code) throws Exception {
    register(() -> {}, code, true);
  }

  private static void register(Runnable before, Runnable after, boolean interposed)
      throws Exception {
    Synchronization synchronization =
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            before.run();
          }

          @Override
          public void afterCompletion(int status) {
            after.run();
          }
        };
    if (interposed) {
      Narayana.REGISTRY.registerInterposedSynchronization(synchronization);
    } else {
      MANAGER.getTransaction().registerSynchronization(synchronization);
    }
  }

  @Test
  void a_data_source_that_knows_of_no_transactions_is_refused() throws Exception {
    Daybook mistaken =
        open(
            options ->
                options.transactions(
                    JtaTransactions.of(database.callersDataSource(), MANAGER, Narayana.REGISTRY)));
    Journal<ParcelEvent> events = mistaken.journal(ParcelEvent.class);
    MANAGER.begin();
    assertThatThrownBy(() -> events.append("a", any(), moved(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("does not take part in the transaction");
    MANAGER.rollback();
    assertThatThrownBy(() -> mistaken.transaction(tx -> {}))
        .isInstanceOf(InvalidInputException.class);

    assertThat(stored("a")).isZero();
  }

  /** One of two that are no XA resources: the transaction manager refuses the second. */
  @Test
  void a_transaction_of_another_data_source_is_refused() throws Exception {
    try (DatabaseFixture another = another()) {
      try (HostFixture there = hosts.on(another.callersDataSource(), another.family())) {
        MANAGER.begin();
        there.dsl().execute("create table t (id int)");
        assertThatThrownBy(() -> append("a", 1)).isInstanceOf(DaybookException.class);
        MANAGER.rollback();
      }
      another.requireNothingLeft();
    }

    assertNothingStored();
  }

  /** Its users would find that in their logs, for each transaction. */
  @Test
  void the_pool_has_nothing_to_warn_of() {
    host.inTransaction(
        () -> {
          append("a", 1);
          host.insertOrder(2);
          assertThat(readStream("a")).hasSize(1);
        });
    host.inTransaction(
        () -> {
          append("a", 2);
          host.markForRollback();
        });
    daybook.transaction(tx -> append("a", 2));

    assertThat(((JtaHostFixture) host).warnings()).isEmpty();
  }
}
