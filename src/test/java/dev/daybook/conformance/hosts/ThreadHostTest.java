package dev.daybook.conformance.hosts;

import org.junit.jupiter.api.Nested;

/** Transactions of a host that is written by hand. */
class ThreadHostTest {

  @Nested
  class OnAFile extends Suites {
    OnAFile() {
      super(SharedDatabase.FILE);
    }
  }

  @Nested
  class OnADataSource extends Suites {
    OnADataSource() {
      super(SharedDatabase.DATA_SOURCE);
    }
  }

  @Nested
  class OnAServer extends Suites {
    OnAServer() {
      super(SharedDatabase.SERVER);
    }
  }

  private abstract static class Suites extends HostSuites {

    private final SharedDatabase on;

    Suites(SharedDatabase kind) {
      super(kind, ThreadHostFixture::new);
      this.on = kind;
    }

    @Nested
    class ReadOnly extends HostReadOnlyConformance {
      ReadOnly() {
        super(on, ThreadHostFixture::new);
      }
    }

    @Nested
    class Savepoints extends HostSavepointConformance {
      Savepoints() {
        super(on, ThreadHostFixture::new);
      }
    }
  }
}
