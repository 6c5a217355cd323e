package dev.daybook.maintenance;

import dev.daybook.conformance.ForgottenPositionsConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import org.junit.jupiter.api.Nested;

class ForgottenPositionsTest {

  @Nested
  class OnFile extends ForgottenPositionsConformance {
    OnFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InMemory extends ForgottenPositionsConformance {
    InMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class OnDataSource extends ForgottenPositionsConformance {
    OnDataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class OnPostgres extends ForgottenPositionsConformance {
    OnPostgres() {
      super(directory -> new PostgresFixture());
    }
  }
}
