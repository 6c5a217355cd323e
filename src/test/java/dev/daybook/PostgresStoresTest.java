package dev.daybook;

import dev.daybook.conformance.CheckpointConformance;
import dev.daybook.conformance.DecisionAttemptConformance;
import dev.daybook.conformance.DecisionConformance;
import dev.daybook.conformance.DecisionKeyConformance;
import dev.daybook.conformance.DocumentConformance;
import dev.daybook.conformance.PayloadConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.RacingStoresConformance;
import dev.daybook.conformance.RecoveryConformance;
import dev.daybook.conformance.SnapshotConformance;
import org.junit.jupiter.api.Nested;

class PostgresStoresTest {

  @Nested
  class Checkpoints extends CheckpointConformance {
    Checkpoints() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Documents extends DocumentConformance {
    Documents() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Snapshots extends SnapshotConformance {
    Snapshots() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Recovering extends RecoveryConformance {
    Recovering() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Deciding extends DecisionConformance {
    Deciding() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class DecidingUnderKeys extends DecisionKeyConformance {
    DecidingUnderKeys() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class DecidingAgain extends DecisionAttemptConformance {
    DecidingAgain() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Payloads extends PayloadConformance {
    Payloads() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Racing extends RacingStoresConformance {
    Racing() {
      super(directory -> new PostgresFixture());
    }
  }
}
