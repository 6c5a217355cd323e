package dev.daybook.subscription;

import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.RollbackConformance;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import org.junit.jupiter.api.Nested;

class RollbackTest {

  @Nested
  class InAFile extends RollbackConformance {
    InAFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InMemory extends RollbackConformance {
    InMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class BehindADataSource extends RollbackConformance {
    BehindADataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class OnPostgres extends RollbackConformance {
    OnPostgres() {
      super(directory -> new PostgresFixture());
    }
  }
}
