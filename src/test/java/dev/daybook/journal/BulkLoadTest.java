package dev.daybook.journal;

import dev.daybook.conformance.BulkLoadConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import org.junit.jupiter.api.Nested;

class BulkLoadTest {

  @Nested
  class OnFile extends BulkLoadConformance {
    OnFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InMemory extends BulkLoadConformance {
    InMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class OnDataSource extends BulkLoadConformance {
    OnDataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class OnPostgres extends BulkLoadConformance {
    OnPostgres() {
      super(directory -> new PostgresFixture());
    }
  }
}
