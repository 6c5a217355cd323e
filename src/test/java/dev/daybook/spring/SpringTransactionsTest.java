package dev.daybook.spring;

import dev.daybook.conformance.DatabaseFixture;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SpringTransactionConformance;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import org.junit.jupiter.api.Nested;

/** Transactions of Spring's. */
class SpringTransactionsTest {

  @Nested
  class OnAFile extends SpringTransactionConformance {
    OnAFile() {
      super(SqliteFileFixture::new);
    }

    @Override
    protected DatabaseFixture another() {
      return SqliteFileFixture.withoutFile(anotherDirectory());
    }
  }

  @Nested
  class OnADataSource extends SpringTransactionConformance {
    OnADataSource() {
      super(SqliteDataSourceFixture::new);
    }

    @Override
    protected DatabaseFixture another() {
      return SqliteDataSourceFixture.withoutFile(anotherDirectory());
    }
  }

  @Nested
  class OnAServer extends SpringTransactionConformance {
    OnAServer() {
      super(directory -> new PostgresFixture());
    }

    @Override
    protected DatabaseFixture another() {
      return new PostgresFixture();
    }
  }
}
