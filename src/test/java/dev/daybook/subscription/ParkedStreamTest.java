package dev.daybook.subscription;

import dev.daybook.conformance.ParkedStreamConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import org.junit.jupiter.api.Nested;

class ParkedStreamTest {

  @Nested
  class InAFile extends ParkedStreamConformance {
    InAFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InMemory extends ParkedStreamConformance {
    InMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class BehindADataSource extends ParkedStreamConformance {
    BehindADataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class OnPostgres extends ParkedStreamConformance {
    OnPostgres() {
      super(directory -> new PostgresFixture());
    }
  }
}
