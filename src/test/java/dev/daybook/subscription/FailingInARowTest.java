package dev.daybook.subscription;

import dev.daybook.conformance.FailingInARowConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import org.junit.jupiter.api.Nested;

class FailingInARowTest {

  @Nested
  class InAFile extends FailingInARowConformance {
    InAFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InMemory extends FailingInARowConformance {
    InMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class BehindADataSource extends FailingInARowConformance {
    BehindADataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class OnPostgres extends FailingInARowConformance {
    OnPostgres() {
      super(directory -> new PostgresFixture());
    }
  }
}
