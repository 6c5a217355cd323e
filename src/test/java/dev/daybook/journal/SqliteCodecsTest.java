package dev.daybook.journal;

import dev.daybook.conformance.CodecConformance;
import dev.daybook.conformance.ReadBackConformance;
import dev.daybook.conformance.SchemaEvolutionConformance;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import org.junit.jupiter.api.Nested;

/** Codecs and schema evolution on SQLite. */
class SqliteCodecsTest {

  @Nested
  class CodecsInAFile extends CodecConformance {
    CodecsInAFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class CodecsInMemory extends CodecConformance {
    CodecsInMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class CodecsBehindADataSource extends CodecConformance {
    CodecsBehindADataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class ReadingBackInAFile extends ReadBackConformance {
    ReadingBackInAFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class ReadingBackInMemory extends ReadBackConformance {
    ReadingBackInMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class EvolutionInAFile extends SchemaEvolutionConformance {
    EvolutionInAFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class EvolutionInMemory extends SchemaEvolutionConformance {
    EvolutionInMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class EvolutionBehindADataSource extends SchemaEvolutionConformance {
    EvolutionBehindADataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }
}
