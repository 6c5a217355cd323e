package dev.daybook.query;

import dev.daybook.conformance.LiveQueryConformance;
import dev.daybook.conformance.PostgresFixture;
import org.junit.jupiter.api.Nested;

class PostgresQueryTest {

  @Nested
  class Live extends LiveQueryConformance {
    Live() {
      super(directory -> new PostgresFixture());
    }
  }
}
