package dev.daybook.conformance.hosts;

import org.junit.jupiter.api.Nested;

/** Transactions of Spring's, begun by {@code @Transactional}, with JPA. */
class SpringJpaHostTest {

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
      super(kind, SpringJpaHostFixture::new);
      this.on = kind;
    }

    @Nested
    class Jpa extends JpaConformance {
      Jpa() {
        super(on, SpringJpaHostFixture::new);
      }
    }

    @Nested
    class ReadOnly extends HostReadOnlyConformance {
      ReadOnly() {
        super(on, SpringJpaHostFixture::new);
      }
    }

    @Nested
    class Alone extends SpringJpaConformance {
      Alone() {
        super(on);
      }
    }
  }
}
