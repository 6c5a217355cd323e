package dev.daybook.stream;

import dev.daybook.conformance.ArchiveConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.StreamLifecycleConformance;
import org.junit.jupiter.api.Nested;

class PostgresStreamsTest {

  @Nested
  class Lifecycle extends StreamLifecycleConformance {
    Lifecycle() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class ArchiveInAFile extends ArchiveConformance {
    ArchiveInAFile() {
      super(directory -> new PostgresFixture(), SqliteFileFixture::new);
    }
  }

  @Nested
  class ArchiveOfAFile extends ArchiveConformance {
    ArchiveOfAFile() {
      super(SqliteFileFixture::new, directory -> new PostgresFixture());
    }
  }

  @Nested
  class Archive extends ArchiveConformance {
    Archive() {
      super(directory -> new PostgresFixture());
    }
  }
}
