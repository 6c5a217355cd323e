package dev.daybook;

import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import org.junit.jupiter.api.Test;

class LargeRowsOnAServerTest extends LargeRows {

  @Test
  void a_server() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      assertWorks(database.url(), MANY);
    }
  }
}
