package dev.daybook.observation;

import dev.daybook.conformance.AddedMetadataConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import org.junit.jupiter.api.Nested;

class AddedMetadataTest {

  @Nested
  class InAFile extends AddedMetadataConformance {
    InAFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InMemory extends AddedMetadataConformance {
    InMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class OnAServer extends AddedMetadataConformance {
    OnAServer() {
      super(directory -> new PostgresFixture());
    }
  }
}
