package dev.daybook.transaction;

import dev.daybook.conformance.JoinedTransactionConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import org.junit.jupiter.api.Nested;

/** Transactions on connections of an application's own. */
class JoinedTransactionTest {

  @Nested
  class OnAFile extends JoinedTransactionConformance {
    OnAFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class OnADataSource extends JoinedTransactionConformance {
    OnADataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class OnAServer extends JoinedTransactionConformance {
    OnAServer() {
      super(directory -> new PostgresFixture());
    }
  }
}
