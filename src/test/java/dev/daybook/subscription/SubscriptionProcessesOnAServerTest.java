package dev.daybook.subscription;

import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import org.junit.jupiter.api.Test;

class SubscriptionProcessesOnAServerTest extends SubscriptionProcesses {

  @Test
  void nothing_is_missed_and_nothing_doubled_on_a_server() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      tryIn(database.url(), 32);
    }
  }
}
