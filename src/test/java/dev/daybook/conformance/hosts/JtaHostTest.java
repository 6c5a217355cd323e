package dev.daybook.conformance.hosts;

import org.junit.jupiter.api.Nested;

/** Transactions of JTA. */
class JtaHostTest {

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
      super(kind, JtaHostFixture::new);
      this.on = kind;
    }

    @Nested
    class Jpa extends JpaConformance {
      Jpa() {
        super(on, JtaHostFixture::new);
      }
    }

    @Nested
    class Savepoints extends HostSavepointConformance {
      Savepoints() {
        super(on, JtaHostFixture::new);
      }
    }

    @Nested
    class Alone extends JtaConformance {
      Alone() {
        super(on);
      }
    }
  }
}
