package dev.daybook.observation;

import dev.daybook.conformance.ObservationConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import org.junit.jupiter.api.Nested;

class ObservationTest {

  @Nested
  class InAFile extends ObservationConformance {
    InAFile() {
      super(SqliteFileFixture::new);
    }

    @Override
    protected boolean hasLog() {
      return true;
    }
  }

  @Nested
  class InMemory extends ObservationConformance {
    InMemory() {
      super(directory -> new SqliteMemoryFixture());
    }

    @Override
    protected boolean hasLog() {
      return false;
    }
  }

  @Nested
  class OnAServer extends ObservationConformance {
    OnAServer() {
      super(directory -> new PostgresFixture());
    }

    @Override
    protected boolean hasLog() {
      return false;
    }
  }
}
