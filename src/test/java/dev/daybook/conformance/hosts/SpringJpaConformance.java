package dev.daybook.conformance.hosts;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import dev.daybook.spring.SpringTransactions;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.Test;
import org.springframework.orm.jpa.DefaultJpaDialect;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.NestedTransactionNotSupportedException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What Spring's transactions with JPA alone have. */
abstract class SpringJpaConformance extends HostConformance {

  SpringJpaConformance(SharedDatabase kind) {
    super(kind, SpringJpaHostFixture::new);
  }

  private SpringJpaHostFixture spring() {
    return (SpringJpaHostFixture) host;
  }

  @Test
  void spring_refuses_savepoints_and_the_transaction_may_continue() {
    host.inTransaction(
        () -> {
          append("a", 1);
          assertThatThrownBy(() -> spring().nested(() -> append("b", 1)))
              .isInstanceOf(NestedTransactionNotSupportedException.class);
          append("a", 2);
        });

    assertThat(stored("a")).isEqualTo(2);
    assertThat(stored("b")).isZero();
  }

  /** Spring's default dialect knows of no connection, so Daybook would commit by itself. */
  @Test
  void a_manager_that_hides_its_connection_is_refused() {
    JpaTransactionManager hiding = new JpaTransactionManager(factory());
    hiding.setJpaDialect(new DefaultJpaDialect());
    requireRefused(hiding);
  }

  @Test
  void a_manager_without_the_data_source_is_refused() {
    JpaTransactionManager without = new JpaTransactionManager();
    without.setEntityManagerFactory(factory());
    requireRefused(without);
  }

  private EntityManagerFactory factory() {
    return spring().factory();
  }

  private void requireRefused(PlatformTransactionManager manager) {
    Daybook mistaken =
        open(options -> options.transactions(SpringTransactions.of(host.dataSource(), manager)));
    Journal<ParcelEvent> events = mistaken.journal(ParcelEvent.class);
    new TransactionTemplate(manager)
        .executeWithoutResult(
            status -> {
              for (Runnable use :
                  new Runnable[] {
                    () -> events.append("a", any(), moved(1)),
                    () -> events.read(EventQuery.all()),
                    () -> mistaken.transaction(tx -> {})
                  }) {
                assertThatThrownBy(use::run)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("for JPA one with the data source and the JpaDialect");
              }
            });
    assertThatThrownBy(() -> mistaken.transaction(tx -> {}))
        .isInstanceOf(InvalidInputException.class);
    events.append("b", any(), moved(1));

    assertThat(stored("a")).isZero();
    assertThat(stored("b")).isEqualTo(1);
  }
}
