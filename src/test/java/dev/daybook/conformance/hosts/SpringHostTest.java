package dev.daybook.conformance.hosts;

import org.junit.jupiter.api.Nested;

/** Transactions of Spring's, begun by a {@code TransactionTemplate}. */
class SpringHostTest {

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
      super(kind, SpringHostFixture::new);
      this.on = kind;
    }

    @Nested
    class ReadOnly extends HostReadOnlyConformance {
      ReadOnly() {
        super(on, SpringHostFixture::new);
      }
    }

    @Nested
    class Alone extends SpringConformance {
      Alone() {
        super(on);
      }
    }

    @Nested
    class Savepoints extends HostSavepointConformance {
      Savepoints() {
        super(on, SpringHostFixture::new);
      }
    }
  }
}
