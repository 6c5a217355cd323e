package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.docs.Account.Deposited;
import dev.daybook.docs.Account.Opened;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.StreamTombstonedException;
import dev.daybook.stream.MovedStream;
import dev.daybook.stream.Streams;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the page on the life of streams. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StreamLifePageTest {

  @TempDir private Path directory;

  @Test
  void the_stream_is_deleted_at_the_end_of_its_life() {
    try (Daybook daybook = Daybook.open(directory.resolve("accounts.db"))) {
      Journal<Account> accounts = daybook.journal(Account.class);
      accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
      Streams streams = daybook.streams();
      streams.archive("account-1");
      streams.restore("account-1");
      streams.tombstone("account-1", "court order 7");
      try {
        accounts.append("account-1", ExpectedSeq.any(), new Deposited(BigDecimal.TEN));
      } catch (StreamTombstonedException refused) {
        System.out.println(refused.getMessage());
      }
      streams.restore("account-1");
      try (Daybook archive = Daybook.open(directory.resolve("archive.db"))) {
        MovedStream moved = streams.archiveTo("account-1", archive.streams());
        System.out.println(moved.events() + " events, SHA-256 " + moved.contentHash());
        streams.restoreFrom("account-1", archive.streams());
        assertThat(moved.events()).isEqualTo(1);
      }
      assertThat(accounts.read(EventQuery.stream("account-1"))).hasSize(1);
      streams.delete("account-1");
      System.out.println(streams.status("account-1"));
      assertThat(streams.status("account-1").state()).isEqualTo(StreamState.DELETED);
      assertThat(accounts.read(EventQuery.all())).isEmpty();
    }
  }
}
