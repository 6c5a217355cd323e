package dev.daybook.benchmark;

import dev.daybook.Daybook;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.UUID;

/** The first append and the first read of a new process, with Daybook. */
final class ColdDaybook {

  private ColdDaybook() {}

  /** How many events the stream has that one event was appended to. */
  static int appendAndRead(Path file) {
    try (Daybook daybook = Daybook.open(file)) {
      Journal<ColdStart.Account> accounts = daybook.journal(ColdStart.Account.class);
      String streamId = "account-" + UUID.randomUUID();
      accounts.append(
          streamId, ExpectedSeq.noStream(), new ColdStart.Paid("Ann", new BigDecimal("12.50")));
      return accounts.read(EventQuery.stream(streamId)).size();
    }
  }
}
