package dev.daybook.query;

import dev.daybook.conformance.LiveQueryConformance;
import dev.daybook.conformance.SqliteDataSourceFixture;
import org.junit.jupiter.api.Nested;

class SqliteDataSourceQueryTest {

  @Nested
  class Live extends LiveQueryConformance {
    Live() {
      super(SqliteDataSourceFixture::new);
    }
  }
}
