package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.docs.Account.Deposited;
import dev.daybook.journal.Append;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.LoadProgress;
import dev.daybook.journal.RecordedEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The Java of the page on bulk loads. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BulkLoadsPageTest {

  private static final int PAGE = 1_000;

  @Test
  void a_load_goes_on_where_it_was() {
    List<String> lines = new ArrayList<>();
    for (int n = 1; n <= 2_500; n++) {
      lines.add(Integer.toString(n));
    }
    try (Daybook daybook = Daybook.inMemory()) {
      Journal<Account> accounts = daybook.journal(Account.class);
      BulkLoad<Account> load = accounts.bulkLoad("old deposits");
      long done = load.progress().offset();
      while (done < lines.size()) {
        List<Append<Account>> page = new ArrayList<>();
        for (String line : lines.subList((int) done, (int) Math.min(done + PAGE, lines.size()))) {
          page.add(Append.of("account-1", ExpectedSeq.any(), new Deposited(new BigDecimal(line))));
        }
        done += page.size();
        load.append(page, done, "");
      }
      assertThat(accounts.highestSeq("account-1")).isEqualTo(2_500);
      assertThat(accounts.bulkLoad("old deposits").progress())
          .isEqualTo(new LoadProgress.LoadProgressValues(2_500, 2_500, ""));
    }
  }

  @Test
  void recorded_events_keep_their_positions() {
    try (Daybook old = Daybook.inMemory();
        Daybook daybook = Daybook.inMemory()) {
      old.rawJournal().append("a", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
      old.rawJournal().append("b", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
      old.rawJournal().delete("a", 1);
      old.rawJournal().append("b", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
      BulkLoad<EncodedEvent> load = daybook.rawJournal().bulkLoad("from the old store");
      List<RecordedEvent<EncodedEvent>> events =
          old.rawJournal().read(EventQuery.all().after(load.progress().offset()).limit(1_000));
      load.appendRecorded(events, events.get(events.size() - 1).position(), "");
      assertThat(daybook.rawJournal().read(EventQuery.all()))
          .isEqualTo(old.rawJournal().read(EventQuery.all()))
          .extracting(RecordedEvent::position)
          .containsExactly(2L, 3L);
    }
  }
}
