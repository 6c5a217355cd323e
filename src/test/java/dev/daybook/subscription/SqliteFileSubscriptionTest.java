package dev.daybook.subscription;

import dev.daybook.conformance.CallbackConformance;
import dev.daybook.conformance.DeletedEventsConformance;
import dev.daybook.conformance.ExactlyOnceConformance;
import dev.daybook.conformance.FailingEventConformance;
import dev.daybook.conformance.InlineProjectionConformance;
import dev.daybook.conformance.InlineTransactionConformance;
import dev.daybook.conformance.LeaseConformance;
import dev.daybook.conformance.NotifierConformance;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SubscriptionConformance;
import dev.daybook.conformance.SubscriptionControlConformance;
import org.junit.jupiter.api.Nested;

class SqliteFileSubscriptionTest {

  @Nested
  class AtLeastOnce extends SubscriptionConformance {
    AtLeastOnce() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Controlling extends SubscriptionControlConformance {
    Controlling() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class ExactlyOnce extends ExactlyOnceConformance {
    ExactlyOnce() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Notifying extends NotifierConformance {
    Notifying() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class CallingBack extends CallbackConformance {
    CallingBack() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Deleting extends DeletedEventsConformance {
    Deleting() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Failing extends FailingEventConformance {
    Failing() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Leasing extends LeaseConformance {
    Leasing() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Inline extends InlineProjectionConformance {
    Inline() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InlineTransactions extends InlineTransactionConformance {
    InlineTransactions() {
      super(SqliteFileFixture::new);
    }
  }
}
