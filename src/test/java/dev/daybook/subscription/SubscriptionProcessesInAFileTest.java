package dev.daybook.subscription;

import org.junit.jupiter.api.Test;

class SubscriptionProcessesInAFileTest extends SubscriptionProcesses {

  @Test
  void nothing_is_missed_and_nothing_doubled_in_a_file() throws Exception {
    tryIn(directory.resolve("shared.db").toString(), 4);
  }
}
