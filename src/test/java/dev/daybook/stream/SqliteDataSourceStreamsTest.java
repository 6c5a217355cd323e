package dev.daybook.stream;

import dev.daybook.conformance.ArchiveConformance;
import dev.daybook.conformance.ArchiveRaceConformance;
import dev.daybook.conformance.ArchiveRefusalConformance;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.StreamLifecycleConformance;
import dev.daybook.conformance.StreamStateUseConformance;
import org.junit.jupiter.api.Nested;

class SqliteDataSourceStreamsTest {

  @Nested
  class Lifecycle extends StreamLifecycleConformance {
    Lifecycle() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class InEachState extends StreamStateUseConformance {
    InEachState() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Archive extends ArchiveConformance {
    Archive() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class ArchiveRefusals extends ArchiveRefusalConformance {
    ArchiveRefusals() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class ArchiveRaces extends ArchiveRaceConformance {
    ArchiveRaces() {
      super(SqliteDataSourceFixture::new);
    }
  }
}
