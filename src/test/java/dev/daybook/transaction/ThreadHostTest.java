package dev.daybook.transaction;

import dev.daybook.conformance.DatabaseFixture;
import dev.daybook.conformance.HostTransactionConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.ThreadHostFixture;
import org.junit.jupiter.api.Nested;

/** Transactions of a host that is written by hand. */
class ThreadHostTest {

  @Nested
  class OnAFile extends HostTransactionConformance {
    OnAFile() {
      super(SqliteFileFixture::new, ThreadHostFixture::new);
    }

    @Override
    protected DatabaseFixture another() {
      return SqliteFileFixture.withoutFile(anotherDirectory());
    }
  }

  @Nested
  class OnADataSource extends HostTransactionConformance {
    OnADataSource() {
      super(SqliteDataSourceFixture::new, ThreadHostFixture::new);
    }

    @Override
    protected DatabaseFixture another() {
      return SqliteDataSourceFixture.withoutFile(anotherDirectory());
    }
  }

  @Nested
  class OnAServer extends HostTransactionConformance {
    OnAServer() {
      super(directory -> new PostgresFixture(), ThreadHostFixture::new);
    }

    @Override
    protected DatabaseFixture another() {
      return new PostgresFixture();
    }
  }
}
