package dev.daybook.query;

import dev.daybook.conformance.LiveQueryConformance;
import dev.daybook.conformance.SqliteFileFixture;
import org.junit.jupiter.api.Nested;

class SqliteFileQueryTest {

  @Nested
  class Live extends LiveQueryConformance {
    Live() {
      super(SqliteFileFixture::new);
    }
  }
}
