package dev.daybook.transfer;

import dev.daybook.conformance.CopyConformance;
import dev.daybook.conformance.CopyRefusalConformance;
import dev.daybook.conformance.InterruptedCopyConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteFileFixture;
import org.junit.jupiter.api.Nested;

class PostgresCopyTest {

  @Nested
  class SqliteToPostgres extends CopyConformance {
    SqliteToPostgres() {
      super(SqliteFileFixture::new, directory -> new PostgresFixture());
    }
  }

  @Nested
  class SqliteToPostgresInterrupted extends InterruptedCopyConformance {
    SqliteToPostgresInterrupted() {
      super(SqliteFileFixture::new, directory -> new PostgresFixture());
    }
  }

  @Nested
  class SqliteToPostgresRefused extends CopyRefusalConformance {
    SqliteToPostgresRefused() {
      super(SqliteFileFixture::new, directory -> new PostgresFixture());
    }
  }

  @Nested
  class PostgresToSqlite extends CopyConformance {
    PostgresToSqlite() {
      super(directory -> new PostgresFixture(), SqliteFileFixture::new);
    }
  }

  @Nested
  class PostgresToSqliteInterrupted extends InterruptedCopyConformance {
    PostgresToSqliteInterrupted() {
      super(directory -> new PostgresFixture(), SqliteFileFixture::new);
    }
  }

  @Nested
  class PostgresToSqliteRefused extends CopyRefusalConformance {
    PostgresToSqliteRefused() {
      super(directory -> new PostgresFixture(), SqliteFileFixture::new);
    }
  }
}
