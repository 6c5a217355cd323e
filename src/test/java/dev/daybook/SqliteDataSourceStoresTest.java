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
import dev.daybook.conformance.SqliteDataSourceFixture;
import org.junit.jupiter.api.Nested;

class SqliteDataSourceStoresTest {

  @Nested
  class Checkpoints extends CheckpointConformance {
    Checkpoints() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Documents extends DocumentConformance {
    Documents() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Snapshots extends SnapshotConformance {
    Snapshots() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Recovering extends RecoveryConformance {
    Recovering() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Deciding extends DecisionConformance {
    Deciding() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class DecidingUnderKeys extends DecisionKeyConformance {
    DecidingUnderKeys() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class DecidingAgain extends DecisionAttemptConformance {
    DecidingAgain() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Payloads extends PayloadConformance {
    Payloads() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Concurrency extends ConcurrencyConformance {
    Concurrency() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Racing extends RacingStoresConformance {
    Racing() {
      super(SqliteDataSourceFixture::new);
    }
  }
}
