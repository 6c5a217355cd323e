package dev.daybook;

import dev.daybook.conformance.DeadlineConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import dev.daybook.conformance.WriterDeadlineConformance;
import org.junit.jupiter.api.Nested;

class DeadlineTest {

  @Nested
  class OnFile extends DeadlineConformance {
    OnFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InMemory extends DeadlineConformance {
    InMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class OnDataSource extends DeadlineConformance {
    OnDataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class OnPostgres extends DeadlineConformance {
    OnPostgres() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class OfTheWriterOfAFile extends WriterDeadlineConformance {
    OfTheWriterOfAFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class OfTheWriterInMemory extends WriterDeadlineConformance {
    OfTheWriterInMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }
}
