package dev.daybook.transfer;

import dev.daybook.conformance.CopyConformance;
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
  class PostgresToSqlite extends CopyConformance {
    PostgresToSqlite() {
      super(directory -> new PostgresFixture(), SqliteFileFixture::new);
    }
  }
}
