package dev.daybook.maintenance;

import dev.daybook.conformance.BackupConformance;
import dev.daybook.conformance.CountConformance;
import dev.daybook.conformance.MaintenanceConformance;
import dev.daybook.conformance.PostgresFixture;
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

  @Nested
  class OnPostgres extends MaintenanceConformance {
    OnPostgres() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class BackupOfFile extends BackupConformance {
    BackupOfFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class BackupOfMemory extends BackupConformance {
    BackupOfMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class BackupOfDataSource extends BackupConformance {
    BackupOfDataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class BackupOfPostgres extends BackupConformance {
    BackupOfPostgres() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class CountsOnFile extends CountConformance {
    CountsOnFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class CountsOnMemory extends CountConformance {
    CountsOnMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class CountsOnDataSource extends CountConformance {
    CountsOnDataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class CountsOnPostgres extends CountConformance {
    CountsOnPostgres() {
      super(directory -> new PostgresFixture());
    }
  }
}
