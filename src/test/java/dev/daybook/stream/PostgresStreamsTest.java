package dev.daybook.stream;

import dev.daybook.conformance.ArchiveConformance;
import dev.daybook.conformance.ArchiveRaceConformance;
import dev.daybook.conformance.ArchiveRefusalConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.StreamLifecycleConformance;
import dev.daybook.conformance.StreamStateUseConformance;
import org.junit.jupiter.api.Nested;

class PostgresStreamsTest {

  @Nested
  class Lifecycle extends StreamLifecycleConformance {
    Lifecycle() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class InEachState extends StreamStateUseConformance {
    InEachState() {
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
  class ArchiveRefusalsInAFile extends ArchiveRefusalConformance {
    ArchiveRefusalsInAFile() {
      super(directory -> new PostgresFixture(), SqliteFileFixture::new);
    }
  }

  @Nested
  class ArchiveRacesInAFile extends ArchiveRaceConformance {
    ArchiveRacesInAFile() {
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
  class ArchiveRefusalsOfAFile extends ArchiveRefusalConformance {
    ArchiveRefusalsOfAFile() {
      super(SqliteFileFixture::new, directory -> new PostgresFixture());
    }
  }

  @Nested
  class ArchiveRacesOfAFile extends ArchiveRaceConformance {
    ArchiveRacesOfAFile() {
      super(SqliteFileFixture::new, directory -> new PostgresFixture());
    }
  }

  @Nested
  class Archive extends ArchiveConformance {
    Archive() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class ArchiveRefusals extends ArchiveRefusalConformance {
    ArchiveRefusals() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class ArchiveRaces extends ArchiveRaceConformance {
    ArchiveRaces() {
      super(directory -> new PostgresFixture());
    }
  }
}
