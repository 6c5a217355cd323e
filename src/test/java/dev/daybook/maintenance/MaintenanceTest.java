package dev.daybook.maintenance;

import dev.daybook.conformance.MaintenanceConformance;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import org.junit.jupiter.api.Nested;

class MaintenanceTest {

  @Nested
  class OnFile extends MaintenanceConformance {
    OnFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InMemory extends MaintenanceConformance {
    InMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class OnDataSource extends MaintenanceConformance {
    OnDataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }
}
