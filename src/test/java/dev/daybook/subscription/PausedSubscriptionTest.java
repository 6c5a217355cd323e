package dev.daybook.subscription;

import dev.daybook.conformance.PausedSubscriptionConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import org.junit.jupiter.api.Nested;

class PausedSubscriptionTest {

  @Nested
  class InAFile extends PausedSubscriptionConformance {
    InAFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InMemory extends PausedSubscriptionConformance {
    InMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class BehindADataSource extends PausedSubscriptionConformance {
    BehindADataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class OnPostgres extends PausedSubscriptionConformance {
    OnPostgres() {
      super(directory -> new PostgresFixture());
    }
  }
}
