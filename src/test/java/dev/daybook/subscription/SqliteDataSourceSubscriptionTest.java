package dev.daybook.subscription;

import dev.daybook.conformance.DeletedEventsConformance;
import dev.daybook.conformance.ExactlyOnceConformance;
import dev.daybook.conformance.FailingEventConformance;
import dev.daybook.conformance.InlineProjectionConformance;
import dev.daybook.conformance.InlineTransactionConformance;
import dev.daybook.conformance.LeaseConformance;
import dev.daybook.conformance.NotifierConformance;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SubscriptionConformance;
import dev.daybook.conformance.SubscriptionControlConformance;
import org.junit.jupiter.api.Nested;

class SqliteDataSourceSubscriptionTest {

  @Nested
  class AtLeastOnce extends SubscriptionConformance {
    AtLeastOnce() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Controlling extends SubscriptionControlConformance {
    Controlling() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class ExactlyOnce extends ExactlyOnceConformance {
    ExactlyOnce() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Notifying extends NotifierConformance {
    Notifying() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Deleting extends DeletedEventsConformance {
    Deleting() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Failing extends FailingEventConformance {
    Failing() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Leasing extends LeaseConformance {
    Leasing() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Inline extends InlineProjectionConformance {
    Inline() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class InlineTransactions extends InlineTransactionConformance {
    InlineTransactions() {
      super(SqliteDataSourceFixture::new);
    }
  }
}
