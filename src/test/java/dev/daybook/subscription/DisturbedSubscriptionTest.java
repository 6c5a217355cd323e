package dev.daybook.subscription;

import dev.daybook.conformance.DisturbedSubscriptionConformance;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import org.junit.jupiter.api.Nested;

class DisturbedSubscriptionTest {

  @Nested
  class InAFile extends DisturbedSubscriptionConformance {
    InAFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InMemory extends DisturbedSubscriptionConformance {
    InMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class BehindADataSource extends DisturbedSubscriptionConformance {
    BehindADataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }
}
