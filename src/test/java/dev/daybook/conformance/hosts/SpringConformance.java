package dev.daybook.conformance.hosts;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.DatabaseFixture;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.spring.SpringTransactions;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionStoppedException;
import java.util.concurrent.locks.LockSupport;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.TransactionTemplate;

/** What Spring alone has. */
abstract class SpringConformance extends HostConformance {

  SpringConformance(SharedDatabase kind) {
    super(kind, SpringHostFixture::new);
  }

  private TransactionTemplate template(int propagation) {
    return ((SpringHostFixture) host).template(propagation);
  }

  @Test
  void a_timeout_of_spring_s_rolls_daybook_s_events_back() {
    TransactionTemplate template = template(TransactionDefinition.PROPAGATION_REQUIRED);
    template.setTimeout(1);
    long begin = System.nanoTime();
    assertThatThrownBy(
            () ->
                template.executeWithoutResult(
                    status -> {
                      append("a");
                      while (System.nanoTime() - begin < 1_100_000_000L) {
                        LockSupport.parkNanos(10_000_000);
                      }
                      host.insertOrder(2);
                    }))
        .isInstanceOf(TransactionTimedOutException.class);

    assertThat(everything()).isEmpty();
  }

  @Test
  void a_suspended_transaction_is_not_joined() {
    template(TransactionDefinition.PROPAGATION_REQUIRED)
        .executeWithoutResult(
            outer -> {
              template(TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
                  .executeWithoutResult(none -> append("a"));
              outer.setRollbackOnly();
            });
    template(TransactionDefinition.PROPAGATION_SUPPORTS).executeWithoutResult(none -> append("a"));

    assertThat(journal.highestSeq("a")).isEqualTo(2);
  }

  @Test
  void a_transaction_of_another_data_source_is_not_joined() {
    try (DatabaseFixture another = another()) {
      TransactionTemplate there =
          new TransactionTemplate(new DataSourceTransactionManager(another.callersDataSource()));
      there.executeWithoutResult(
          status -> {
            // Binds a connection to the thread that commits by itself.
            new JdbcTemplate(database.callersDataSource()).queryForList("select id from orders");
            append("a");
            status.setRollbackOnly();
          });
      another.requireNothingLeft();
    }

    assertThat(journal.highestSeq("a")).isEqualTo(1);
  }

  @Test
  void a_manager_of_another_data_source_is_refused() {
    try (DatabaseFixture another = another()) {
      Daybook mixed =
          open(
              options ->
                  options.transactions(
                      SpringTransactions.of(
                          database.callersDataSource(),
                          new DataSourceTransactionManager(another.callersDataSource()))));
      assertThatThrownBy(() -> mixed.transaction(tx -> {}))
          .hasMessageContaining("expected a transaction manager of that data source");
      another.requireNothingLeft();
    }
  }

  @Test
  void a_transaction_aware_proxy_stands_for_what_it_wraps() {
    var source = database.callersDataSource();
    var manager = new DataSourceTransactionManager(source);
    Daybook wrapped =
        open(
            options ->
                options.transactions(
                    SpringTransactions.of(new TransactionAwareDataSourceProxy(source), manager)));
    Journal<ParcelEvent> events = wrapped.journal(ParcelEvent.class);
    new TransactionTemplate(manager)
        .executeWithoutResult(
            status -> {
              events.append("a", ExpectedSeq.any(), moved(1));
              status.setRollbackOnly();
            });

    assertThat(everything()).isEmpty();
  }

  /** The handler keeps the failure of what it has called to itself, but Spring does not forget. */
  @Test
  void a_handler_whose_transaction_spring_refuses_to_commit_has_failed() {
    append("a");
    Subscriber<ParcelEvent> subscriber =
        Subscriber.of(
                "parcels",
                journal,
                ExactlyOnce.<ParcelEvent>each(
                    (tx, event) -> {
                      host.insertOrder(2);
                      assertThatThrownBy(
                              () ->
                                  host.inTransaction(
                                      () -> {
                                        throw new IllegalStateException("inside");
                                      }))
                          .hasMessage("inside");
                    }))
            .onFailure(OnFailure.stop().withoutRetries());
    try (Subscription subscription = daybook.subscriptions().start(subscriber)) {
      assertThatThrownBy(() -> Await.result(subscription.done().toCompletableFuture()))
          .hasCauseInstanceOf(SubscriptionStoppedException.class);
    }

    assertThat(
            DSL.using(database.callersDataSource(), database.family())
                .fetchCount(DSL.table("orders")))
        .isEqualTo(1);
  }

  private void append(String streamId) {
    journal.append(streamId, ExpectedSeq.any(), moved(1));
  }
}
