package dev.daybook.conformance.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.Await;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.journal.Appended;
import dev.daybook.journal.EventQuery;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** JPA beside plain JDBC, jOOQ and Daybook in one transaction. */
abstract class JpaConformance extends HostConformance {

  JpaConformance(SharedDatabase kind, JpaHostFixture.Maker hosts) {
    super(kind, hosts);
  }

  private JpaHostFixture jpa() {
    return (JpaHostFixture) host;
  }

  private void writeByAll() {
    jpa().insertOrderByJpa(2);
    append("a", 1);
    jpa().insertOrderByJdbc(3);
    orders.insert(host.dsl().configuration(), 4);
    append("a", 2);
    jpa().insertOrderByJpa(5);
  }

  @Test
  void all_ways_to_write_are_committed_together() {
    host.inTransaction(
        () -> {
          writeByAll();
          assertThat(stored("a")).isZero();
          assertThat(storedOrders()).containsExactly(1L);
        });

    assertThat(stored("a")).isEqualTo(2);
    assertThat(storedOrders()).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(heard.all(journal)).extracting(Appended::lastSeq).containsExactly(1L, 2L);
  }

  @Test
  void all_ways_to_write_see_what_the_others_have_written() {
    host.inTransaction(
        () -> {
          jpa().insertOrderByJdbc(2);
          append("a", 1);
          OrderRow found = jpa().entityManager().find(OrderRow.class, 2L);
          assertThat(found.id()).isEqualTo(2);
          jpa().insertOrderByJpa(3);
          jpa().entityManager().flush();
          assertThat(orders.all(host.dsl().configuration())).containsExactly(1L, 2L, 3L);
          assertThat(readStream("a")).hasSize(1);
        });
  }

  @Test
  void all_are_rolled_back_by_an_exception() {
    assertThatThrownBy(
            () ->
                host.inTransaction(
                    () -> {
                      writeByAll();
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");

    assertNothingStored();
  }

  @Test
  void all_are_rolled_back_by_a_mark() {
    host.inTransaction(
        () -> {
          writeByAll();
          host.markForRollback();
        });

    assertNothingStored();
  }

  /** Hibernate flushes at the commit, and the database refuses the row then. */
  @Test
  void all_are_rolled_back_if_the_flush_at_the_commit_fails() {
    assertThatThrownBy(
            () ->
                host.inTransaction(
                    () -> {
                      writeByAll();
                      jpa().insertOrderByJpa(1);
                    }))
        .isInstanceOf(RuntimeException.class);

    assertNothingStored();
  }

  @Test
  void a_new_transaction_has_its_own_entities() {
    host.inTransaction(
        () -> {
          assertThat(readStream("a")).isEmpty();
          host.inNew(this::writeByAll);
          host.markForRollback();
        });

    assertThat(stored("a")).isEqualTo(2);
    assertThat(storedOrders()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  /** The flush may come when the transaction is about to be committed. */
  @Test
  void what_is_appended_at_the_flush_is_in_the_transaction() throws Exception {
    OrderRow.whenInserted(
        () -> append("b", 1),
        () ->
            host.inTransaction(
                () -> {
                  append("a", 1);
                  jpa().insertOrderByJpa(2);
                }));
    OrderRow.whenInserted(
        () -> append("c", 1), () -> host.inTransaction(() -> jpa().insertOrderByJpa(3)));

    assertThat(storedOrders()).containsExactly(1L, 2L, 3L);
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("a", "b", "c");
  }

  @Test
  void what_is_appended_at_a_flush_that_fails_is_rolled_back() throws Exception {
    OrderRow.whenInserted(
        () -> {
          append("b", 1);
          throw new IllegalStateException("not this one");
        },
        () ->
            assertThatThrownBy(
                    () ->
                        host.inTransaction(
                            () -> {
                              append("a", 1);
                              jpa().insertOrderByJpa(2);
                            }))
                .isInstanceOf(RuntimeException.class));

    assertNothingStored();
  }

  @Test
  void what_a_handler_writes_by_all_of_them_is_there_exactly_once() throws Exception {
    append("in", 1);
    append("in", 2);
    AtomicBoolean failed = new AtomicBoolean();
    Subscriber<ParcelEvent> subscriber =
        Subscriber.of(
                "parcels",
                journal,
                ExactlyOnce.<ParcelEvent>each(
                    (tx, event) -> {
                      long first = 10 * event.seq();
                      jpa().insertOrderByJpa(first);
                      append("out", (int) event.seq());
                      jpa().insertOrderByJdbc(first + 1);
                      orders.insert(tx, first + 2);
                      if (event.seq() == 2 && !failed.getAndSet(true)) {
                        jpa().entityManager().flush();
                        throw new IllegalStateException("not yet");
                      }
                    }))
            .select(EventQuery.all().inStreams("in"))
            .onFailure(OnFailure.stop().retries(2, Duration.ZERO, Duration.ZERO));
    try (Subscription subscription = daybook.subscriptions().start(subscriber)) {
      Await.position(subscription, outside.latestPosition());
    }

    assertThat(failed).isTrue();
    assertThat(storedOrders()).containsExactly(1L, 10L, 11L, 12L, 20L, 21L, 22L);
    assertThat(stored("out")).isEqualTo(2);
  }
}
