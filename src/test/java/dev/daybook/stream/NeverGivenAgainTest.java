package dev.daybook.stream;

import dev.daybook.conformance.NeverGivenAgainConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import org.junit.jupiter.api.Nested;

class NeverGivenAgainTest {

  @Nested
  class OnFile extends NeverGivenAgainConformance {
    OnFile() {
      super(SqliteFileFixture::new, SqliteFileFixture::new);
    }
  }

  @Nested
  class InMemory extends NeverGivenAgainConformance {
    InMemory() {
      super(directory -> new SqliteMemoryFixture(), SqliteFileFixture::new);
    }
  }

  @Nested
  class OnDataSource extends NeverGivenAgainConformance {
    OnDataSource() {
      super(SqliteDataSourceFixture::new, SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class OnPostgres extends NeverGivenAgainConformance {
    OnPostgres() {
      super(directory -> new PostgresFixture(), SqliteFileFixture::new);
    }
  }

  @Nested
  class FromAFileToPostgres extends NeverGivenAgainConformance {
    FromAFileToPostgres() {
      super(SqliteFileFixture::new, directory -> new PostgresFixture());
    }
  }
}
