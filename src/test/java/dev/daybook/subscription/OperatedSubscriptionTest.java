package dev.daybook.subscription;

import dev.daybook.conformance.OperatedSubscriptionConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import org.junit.jupiter.api.Nested;

class OperatedSubscriptionTest {

  @Nested
  class InAFile extends OperatedSubscriptionConformance {
    InAFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InMemory extends OperatedSubscriptionConformance {
    InMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class BehindADataSource extends OperatedSubscriptionConformance {
    BehindADataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class OnPostgres extends OperatedSubscriptionConformance {
    OnPostgres() {
      super(directory -> new PostgresFixture());
    }
  }
}
