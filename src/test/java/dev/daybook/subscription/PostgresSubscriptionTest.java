package dev.daybook.subscription;

import dev.daybook.conformance.DisturbedSubscriptionConformance;
import dev.daybook.conformance.ExactlyOnceConformance;
import dev.daybook.conformance.FailingEventConformance;
import dev.daybook.conformance.LeaseConformance;
import dev.daybook.conformance.NotifierConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SubscriptionConformance;
import org.junit.jupiter.api.Nested;

class PostgresSubscriptionTest {

  @Nested
  class AtLeastOnce extends SubscriptionConformance {
    AtLeastOnce() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class ExactlyOnce extends ExactlyOnceConformance {
    ExactlyOnce() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Notifying extends NotifierConformance {
    Notifying() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Failing extends FailingEventConformance {
    Failing() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Disturbed extends DisturbedSubscriptionConformance {
    Disturbed() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Leasing extends LeaseConformance {
    Leasing() {
      super(directory -> new PostgresFixture());
    }
  }
}
