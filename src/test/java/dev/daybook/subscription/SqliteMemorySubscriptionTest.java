package dev.daybook.subscription;

import dev.daybook.conformance.CallbackConformance;
import dev.daybook.conformance.DeletedEventsConformance;
import dev.daybook.conformance.ExactlyOnceConformance;
import dev.daybook.conformance.FailingEventConformance;
import dev.daybook.conformance.InlineProjectionConformance;
import dev.daybook.conformance.InlineTransactionConformance;
import dev.daybook.conformance.LeaseConformance;
import dev.daybook.conformance.NotifierConformance;
import dev.daybook.conformance.SqliteMemoryFixture;
import dev.daybook.conformance.SubscriptionConformance;
import dev.daybook.conformance.SubscriptionControlConformance;
import org.junit.jupiter.api.Nested;

class SqliteMemorySubscriptionTest {

  @Nested
  class AtLeastOnce extends SubscriptionConformance {
    AtLeastOnce() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Controlling extends SubscriptionControlConformance {
    Controlling() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class ExactlyOnce extends ExactlyOnceConformance {
    ExactlyOnce() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Notifying extends NotifierConformance {
    Notifying() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class CallingBack extends CallbackConformance {
    CallingBack() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Deleting extends DeletedEventsConformance {
    Deleting() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Failing extends FailingEventConformance {
    Failing() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Leasing extends LeaseConformance {
    Leasing() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Inline extends InlineProjectionConformance {
    Inline() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class InlineTransactions extends InlineTransactionConformance {
    InlineTransactions() {
      super(directory -> new SqliteMemoryFixture());
    }
  }
}
