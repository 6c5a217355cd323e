package dev.daybook.conformance.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.DatabaseFixture;
import dev.daybook.journal.Appended;
import dev.daybook.journal.EventQuery;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Transactions of JTA on connections that can be prepared, which PostgreSQL has. */
class JtaXaHostTest {

  @Nested
  class Committing extends HostCommitConformance {
    Committing() {
      super(SharedDatabase.SERVER, JtaHostFixture::xa);
    }
  }

  @Nested
  class Nesting extends HostNestingConformance {
    Nesting() {
      super(SharedDatabase.SERVER, JtaHostFixture::xa);
    }
  }

  @Nested
  class Repositories extends HostRepositoryConformance {
    Repositories() {
      super(SharedDatabase.SERVER, JtaHostFixture::xa);
    }
  }

  @Nested
  class Subscriptions extends HostSubscriptionConformance {
    Subscriptions() {
      super(SharedDatabase.SERVER, JtaHostFixture::xa);
    }
  }

  @Nested
  class TwoDatabases extends HostConformance {
    TwoDatabases() {
      super(SharedDatabase.SERVER, JtaHostFixture::xa);
    }

    @Test
    void two_databases_are_committed_and_rolled_back_together() {
      try (DatabaseFixture another = another()) {
        try (HostFixture there = hosts.on(another.callersDataSource(), another.family())) {
          commitAndRollBack(there);
        }
        another.requireNothingLeft();
      }
      assertThat(outside.read(EventQuery.all())).hasSize(1);
      assertThat(storedOrders()).containsExactly(1L, 2L);
      assertThat(heard.all(journal)).extracting(Appended::lastSeq).containsExactly(1L);
    }

    private void commitAndRollBack(HostFixture there) {
      there.inTransaction(() -> there.dsl().execute("create table rows_there (id bigint)"));
      host.inTransaction(
          () -> {
            append("a", 1);
            host.insertOrder(2);
            there.dsl().execute("insert into rows_there (id) values (1)");
          });
      host.inTransaction(
          () -> {
            append("a", 2);
            there.dsl().execute("insert into rows_there (id) values (2)");
            host.markForRollback();
          });
      assertThat(there.dsl().fetchCount(there.dsl().selectFrom("rows_there"))).isEqualTo(1);
    }
  }
}
