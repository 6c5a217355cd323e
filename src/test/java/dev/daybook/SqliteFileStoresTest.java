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
import dev.daybook.conformance.SqliteFileFixture;
import org.junit.jupiter.api.Nested;

class SqliteFileStoresTest {

  @Nested
  class Checkpoints extends CheckpointConformance {
    Checkpoints() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Documents extends DocumentConformance {
    Documents() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Snapshots extends SnapshotConformance {
    Snapshots() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Recovering extends RecoveryConformance {
    Recovering() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Deciding extends DecisionConformance {
    Deciding() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class DecidingUnderKeys extends DecisionKeyConformance {
    DecidingUnderKeys() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class DecidingAgain extends DecisionAttemptConformance {
    DecidingAgain() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Payloads extends PayloadConformance {
    Payloads() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Concurrency extends ConcurrencyConformance {
    Concurrency() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Racing extends RacingStoresConformance {
    Racing() {
      super(SqliteFileFixture::new);
    }
  }
}
