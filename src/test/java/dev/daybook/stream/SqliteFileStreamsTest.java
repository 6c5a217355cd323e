package dev.daybook.stream;

import dev.daybook.conformance.ArchiveConformance;
import dev.daybook.conformance.ArchiveRaceConformance;
import dev.daybook.conformance.ArchiveRefusalConformance;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.StreamLifecycleConformance;
import dev.daybook.conformance.StreamStateUseConformance;
import org.junit.jupiter.api.Nested;

class SqliteFileStreamsTest {

  @Nested
  class Lifecycle extends StreamLifecycleConformance {
    Lifecycle() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InEachState extends StreamStateUseConformance {
    InEachState() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Archive extends ArchiveConformance {
    Archive() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class ArchiveRefusals extends ArchiveRefusalConformance {
    ArchiveRefusals() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class ArchiveRaces extends ArchiveRaceConformance {
    ArchiveRaces() {
      super(SqliteFileFixture::new);
    }
  }
}
