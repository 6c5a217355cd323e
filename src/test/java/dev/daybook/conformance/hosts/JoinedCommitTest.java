package dev.daybook.conformance.hosts;

import org.junit.jupiter.api.Nested;

/** Commits on connections of an application's own. */
class JoinedCommitTest {

  @Nested
  class OnAFile extends JoinedCommitConformance {
    OnAFile() {
      super(SharedDatabase.FILE);
    }
  }

  @Nested
  class OnADataSource extends JoinedCommitConformance {
    OnADataSource() {
      super(SharedDatabase.DATA_SOURCE);
    }
  }

  @Nested
  class OnAServer extends JoinedCommitConformance {
    OnAServer() {
      super(SharedDatabase.SERVER);
    }
  }
}
