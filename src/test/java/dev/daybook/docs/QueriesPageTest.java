package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.docs.Account.Deposited;
import dev.daybook.docs.Account.Opened;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.JournalQuery;
import dev.daybook.journal.JournalStats;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.query.Queries;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The Java of the page on queries. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QueriesPageTest {

  private Daybook daybook;
  private Journal<Account> accounts;

  @BeforeEach
  void open() {
    daybook = Daybook.inMemory();
    accounts = daybook.journal(Account.class);
    for (int n = 1; n <= 5; n++) {
      String account = "account-" + n;
      accounts.append(account, ExpectedSeq.noStream(), new Opened("Ann"));
      accounts.append(
          Append.of(
              account,
              ExpectedSeq.exactly(1),
              List.of(
                  NewEvent.of(new Deposited(BigDecimal.TEN))
                      .tagged("branch:7", n % 2 == 0 ? "cash" : "card"))));
    }
  }

  @AfterEach
  void close() {
    daybook.close();
  }

  @Test
  void the_first_queries_find_events_of_a_stream_and_by_tag() {
    List<RecordedEvent<Account>> last =
        accounts.read(EventQuery.stream("account-1").newestFirst().limit(1));
    List<RecordedEvent<Account>> cash =
        accounts.read(EventQuery.all().taggedAllOf("branch:7", "cash"));
    assertThat(last).extracting(RecordedEvent::seq).containsExactly(2L);
    assertThat(cash).extracting(RecordedEvent::streamId).containsExactly("account-2", "account-4");
  }

  @Test
  void the_bounds_of_a_stream_are_inclusive() {
    List<RecordedEvent<Account>> range =
        accounts.read(EventQuery.stream("account-1").from(1).to(2));
    assertThat(range).hasSize(2);
  }

  @Test
  void all_filters_hold_together() {
    EventTypes<Account> types = EventTypes.ofSealed(Account.class);
    JournalQuery query =
        EventQuery.all()
            .after(2)
            .taggedAllOf("branch:7")
            .taggedAnyOf("cash", "card")
            .taggedNoneOf("reversed")
            .ofTypes(types.namesOf(Deposited.class))
            .inStreams("account-")
            .limit(100);
    assertThat(accounts.read(query)).hasSize(4);
  }

  @Test
  void events_are_looked_for_and_counted() {
    boolean opened = accounts.exists(EventQuery.stream("account-1").ofTypes("Opened"));
    long lately =
        accounts.count(EventQuery.all().recordedFrom(Instant.now().minus(Duration.ofDays(1))));
    assertThat(opened).isTrue();
    assertThat(lately).isEqualTo(10);
  }

  @Test
  void a_stream_is_read_event_by_event() {
    BigDecimal total = BigDecimal.ZERO;
    try (Stream<RecordedEvent<Account>> events = accounts.stream(EventQuery.all())) {
      for (RecordedEvent<Account> event : (Iterable<RecordedEvent<Account>>) events::iterator) {
        if (event.data() instanceof Deposited deposited) {
          total = total.add(deposited.amount());
        }
      }
    }
    assertThat(total).isEqualByComparingTo("50");
  }

  @Test
  void pages_follow_each_other_by_position() {
    List<RecordedEvent<Account>> all = new ArrayList<>();
    long after = 0;
    List<RecordedEvent<Account>> page;
    do {
      page = accounts.read(EventQuery.all().after(after).limit(3));
      for (RecordedEvent<Account> event : page) {
        all.add(event);
        after = event.position();
      }
    } while (!page.isEmpty());
    assertThat(all).isEqualTo(accounts.read(EventQuery.all()));
  }

  @Test
  void ids_come_in_pages_too() {
    List<String> first = accounts.streamIds("account-", "", 2);
    List<String> next = accounts.streamIds("account-", first.get(1), 2);
    assertThat(first).containsExactly("account-1", "account-2");
    assertThat(next).containsExactly("account-3", "account-4");
  }

  @Test
  void one_of_many_raw_events_is_decoded() {
    for (RecordedEvent<EncodedEvent> raw : accounts.raw().read(EventQuery.stream("account-1"))) {
      if (raw.data().payload().length < 1_000) {
        Account event = accounts.decode(raw).data();
        System.out.println(raw.type() + " " + event);
        assertThat(event).isNotNull();
      }
    }
  }

  @Test
  void a_live_query_goes_on_with_what_comes() {
    accounts.append("account-6", ExpectedSeq.noStream(), new Opened("Bob"));
    Queries<Account> queries = daybook.queries(accounts);
    try (Stream<RecordedEvent<Account>> opened =
        queries.liveEvents(EventQuery.all().ofTypes("Opened")).stream()) {
      opened.limit(6).forEach(event -> System.out.println(event.streamId()));
    }
    try (Stream<String> ids = queries.currentStreamIds("account-").stream()) {
      assertThat(ids).hasSize(6);
    }
  }

  @Test
  void the_notifier_says_when_a_position_is_reached() throws InterruptedException {
    RecordedEvent<Account> opened =
        accounts.append("account-9", ExpectedSeq.noStream(), new Opened("Eve"));
    boolean there = daybook.notifier().awaitPosition(opened.position(), Duration.ofMinutes(1));
    assertThat(there).isTrue();
  }

  @Test
  void the_figures_count_the_journal() {
    JournalStats stats = accounts.stats();
    System.out.println(stats.events() + " events in " + stats.streams() + " streams");
    assertThat(stats.events()).isEqualTo(10);
    assertThat(stats.streams()).isEqualTo(5);
  }
}
