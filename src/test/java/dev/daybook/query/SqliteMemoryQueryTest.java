package dev.daybook.query;

import dev.daybook.conformance.LiveQueryConformance;
import dev.daybook.conformance.SqliteMemoryFixture;
import org.junit.jupiter.api.Nested;

class SqliteMemoryQueryTest {

  @Nested
  class Live extends LiveQueryConformance {
    Live() {
      super(directory -> new SqliteMemoryFixture());
    }
  }
}
