package dev.daybook.transfer;

import dev.daybook.conformance.CopyConformance;
import dev.daybook.conformance.CopyRefusalConformance;
import dev.daybook.conformance.InterruptedCopyConformance;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import org.junit.jupiter.api.Nested;

class SqliteCopyTest {

  @Nested
  class FileToFile extends CopyConformance {
    FileToFile() {
      super(SqliteFileFixture::new, SqliteFileFixture::new);
    }
  }

  @Nested
  class FileToFileInterrupted extends InterruptedCopyConformance {
    FileToFileInterrupted() {
      super(SqliteFileFixture::new, SqliteFileFixture::new);
    }
  }

  @Nested
  class FileToFileRefused extends CopyRefusalConformance {
    FileToFileRefused() {
      super(SqliteFileFixture::new, SqliteFileFixture::new);
    }
  }

  @Nested
  class MemoryToMemory extends CopyConformance {
    MemoryToMemory() {
      super(directory -> new SqliteMemoryFixture(), directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class MemoryToMemoryInterrupted extends InterruptedCopyConformance {
    MemoryToMemoryInterrupted() {
      super(directory -> new SqliteMemoryFixture(), directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class MemoryToMemoryRefused extends CopyRefusalConformance {
    MemoryToMemoryRefused() {
      super(directory -> new SqliteMemoryFixture(), directory -> new SqliteMemoryFixture());
    }
  }
}
