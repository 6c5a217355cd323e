package dev.daybook.journal;

import dev.daybook.conformance.CodecConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.ReadBackConformance;
import dev.daybook.conformance.SchemaEvolutionConformance;
import org.junit.jupiter.api.Nested;

/** Codecs and schema evolution on PostgreSQL. */
class PostgresCodecsTest {

  @Nested
  class Coding extends CodecConformance {
    Coding() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class ReadingBack extends ReadBackConformance {
    ReadingBack() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Evolving extends SchemaEvolutionConformance {
    Evolving() {
      super(directory -> new PostgresFixture());
    }
  }
}
