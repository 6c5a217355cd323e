package dev.daybook.stream;

import dev.daybook.conformance.ArchiveConformance;
import dev.daybook.conformance.ArchiveRaceConformance;
import dev.daybook.conformance.ArchiveRefusalConformance;
import dev.daybook.conformance.SqliteMemoryFixture;
import dev.daybook.conformance.StreamLifecycleConformance;
import dev.daybook.conformance.StreamStateUseConformance;
import org.junit.jupiter.api.Nested;

class SqliteMemoryStreamsTest {

  @Nested
  class Lifecycle extends StreamLifecycleConformance {
    Lifecycle() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class InEachState extends StreamStateUseConformance {
    InEachState() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Archive extends ArchiveConformance {
    Archive() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class ArchiveRefusals extends ArchiveRefusalConformance {
    ArchiveRefusals() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class ArchiveRaces extends ArchiveRaceConformance {
    ArchiveRaces() {
      super(directory -> new SqliteMemoryFixture());
    }
  }
}
