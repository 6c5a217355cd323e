package dev.daybook.conformance.hosts;

import org.junit.jupiter.api.Nested;

/** The suites of every host, on one kind of database. */
abstract class HostSuites {

  private final SharedDatabase on;
  private final HostFixture.Maker by;

  HostSuites(SharedDatabase kind, HostFixture.Maker hosts) {
    this.on = kind;
    this.by = hosts;
  }

  @Nested
  class Committing extends HostCommitConformance {
    Committing() {
      super(on, by);
    }
  }

  @Nested
  class FailingCommits extends HostFailedCommitConformance {
    FailingCommits() {
      super(on, by);
    }
  }

  @Nested
  class Nesting extends HostNestingConformance {
    Nesting() {
      super(on, by);
    }
  }

  @Nested
  class Repositories extends HostRepositoryConformance {
    Repositories() {
      super(on, by);
    }
  }

  @Nested
  class Subscriptions extends HostSubscriptionConformance {
    Subscriptions() {
      super(on, by);
    }
  }
}
