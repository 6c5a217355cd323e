package dev.daybook;

import dev.daybook.conformance.DeadlineConformance;
import dev.daybook.conformance.LongCallDeadlineConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import dev.daybook.conformance.TransactionDeadlineConformance;
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

  @Nested
  class OfTransactionsOnFile extends TransactionDeadlineConformance {
    OfTransactionsOnFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class OfLongCallsOnFile extends LongCallDeadlineConformance {
    OfLongCallsOnFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class OfTransactionsInMemory extends TransactionDeadlineConformance {
    OfTransactionsInMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class OfLongCallsInMemory extends LongCallDeadlineConformance {
    OfLongCallsInMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class OfTransactionsOnDataSource extends TransactionDeadlineConformance {
    OfTransactionsOnDataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class OfLongCallsOnDataSource extends LongCallDeadlineConformance {
    OfLongCallsOnDataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class OfTransactionsOnPostgres extends TransactionDeadlineConformance {
    OfTransactionsOnPostgres() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class OfLongCallsOnPostgres extends LongCallDeadlineConformance {
    OfLongCallsOnPostgres() {
      super(directory -> new PostgresFixture());
    }
  }
}
