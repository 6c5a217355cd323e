package dev.daybook;

import dev.daybook.conformance.CheckpointConformance;
import dev.daybook.conformance.ConcurrencyConformance;
import dev.daybook.conformance.DecisionAttemptConformance;
import dev.daybook.conformance.DecisionConformance;
import dev.daybook.conformance.DecisionKeyConformance;
import dev.daybook.conformance.DocumentConformance;
import dev.daybook.conformance.PayloadConformance;
import dev.daybook.conformance.RacingStoresConformance;
import dev.daybook.conformance.RecoveryConformance;
import dev.daybook.conformance.SnapshotConformance;
import dev.daybook.conformance.SqliteMemoryFixture;
import org.junit.jupiter.api.Nested;

class SqliteMemoryStoresTest {

  @Nested
  class Checkpoints extends CheckpointConformance {
    Checkpoints() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Documents extends DocumentConformance {
    Documents() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Snapshots extends SnapshotConformance {
    Snapshots() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Recovering extends RecoveryConformance {
    Recovering() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Deciding extends DecisionConformance {
    Deciding() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class DecidingUnderKeys extends DecisionKeyConformance {
    DecidingUnderKeys() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class DecidingAgain extends DecisionAttemptConformance {
    DecidingAgain() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Payloads extends PayloadConformance {
    Payloads() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Concurrency extends ConcurrencyConformance {
    Concurrency() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Racing extends RacingStoresConformance {
    Racing() {
      super(directory -> new SqliteMemoryFixture());
    }
  }
}
