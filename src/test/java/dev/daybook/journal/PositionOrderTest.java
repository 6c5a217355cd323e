package dev.daybook.journal;

import static dev.daybook.internal.jooq.Tables.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.error.InvalidInputException;
import dev.daybook.fixture.SteppedTransaction;
import dev.daybook.settings.TableNames;
import dev.daybook.subscription.Subscription;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Transactions that commit in another order than they got their positions in: each race is brought
 * about step by step. Whoever reads stops before what is not committed yet, and misses nothing.
 */
class PositionOrderTest extends HeldBackReaders {

  @Test
  void a_transaction_that_has_its_position_and_commits_last_is_waited_for() throws Exception {
    long first = append("before");
    try (Subscription subscription = follow();
        SteppedTransaction slow = begin()) {
      long held = slow.run(tx -> append(tx, "slow"));
      long later = append("fast");

      assertThat(later).isGreaterThan(held);
      assertReadersSee(first);
      assertThat(readStream(PREFIX + "fast")).as("a stream is read to its end").hasSize(1);
      assertThat(daybook.notifier().awaitPosition(later, Duration.ofMillis(1))).isFalse();

      slow.commit();
      assertReadersSee(first, held, later);
      assertThat(daybook.notifier().awaitPosition(later, LONG)).isTrue();
      assertHandled(subscription, first, held, later);
      Await.until(() -> news.contains(later));
      assertThat(news).as("news").containsExactly(later);
    }
  }

  @Test
  void a_transaction_that_rolls_back_lets_readers_go_on() throws Exception {
    long first = append("before");
    try (Subscription subscription = follow();
        SteppedTransaction slow = begin()) {
      long given = slow.run(tx -> append(tx, "slow"));
      long later = append("fast");
      assertReadersSee(first);

      slow.rollBack();
      assertThat(later).isGreaterThan(given);
      assertReadersSee(first, later);
      assertHandled(subscription, first, later);
    }
  }

  @Test
  void a_transaction_whose_backend_is_killed_lets_readers_go_on() throws Exception {
    long first = append("before");
    try (Subscription subscription = follow()) {
      SteppedTransaction slow = begin();
      slow.run(tx -> append(tx, "slow"));
      long later = append("fast");
      assertReadersSee(first);

      callers.fetch("select pg_terminate_backend({0})", DSL.inline(slow.backend()));
      Await.until(() -> journal.latestPosition() == later);
      assertThatThrownBy(slow::commit).isInstanceOf(Exception.class);
      assertReadersSee(first, later);
      assertHandled(subscription, first, later);
    }
  }

  @Test
  void readers_are_held_back_by_the_first_of_several_and_go_on_one_by_one() throws Exception {
    try (Subscription subscription = follow();
        SteppedTransaction one = begin();
        SteppedTransaction two = begin()) {
      long p1 = one.run(tx -> append(tx, "one"));
      long p2 = append("fast");
      long p3 = two.run(tx -> append(tx, "two"));
      long p4 = append("fast");
      assertReadersSee();

      one.commit();
      assertReadersSee(p1, p2);
      two.commit();
      assertReadersSee(p1, p2, p3, p4);
      assertHandled(subscription, p1, p2, p3, p4);
    }
  }

  @Test
  void a_transaction_sees_its_own_events_and_is_held_back_by_others() throws Exception {
    try (SteppedTransaction other = begin();
        SteppedTransaction own = begin()) {
      long first = own.run(tx -> append(tx, "own"));
      long fast = append("fast");
      assertThat(seenBy(own, EventQuery.all())).containsExactly(first, fast);

      long held = other.run(tx -> append(tx, "other"));
      long second = own.run(tx -> append(tx, "own"));
      assertThat(seenBy(own, EventQuery.all())).containsExactly(first, fast);
      long latest = own.run(tx -> journal.within(tx).latestPosition());
      assertThat(latest).isEqualTo(fast);

      other.commit();
      assertThat(seenBy(own, EventQuery.all())).containsExactly(first, fast, held, second);
      own.commit();
    }
  }

  @Test
  void transactions_that_do_not_append_here_hold_nobody_back() throws Exception {
    Daybook elsewhere = open(options -> options.tables(TableNames.defaults().inSchema("other")));
    Daybook prefixed = open(options -> options.tables(TableNames.prefixed("more_")));
    callers.execute("create table unrelated (id bigint)");
    long first = append("before");
    try (SteppedTransaction reading = begin();
        SteppedTransaction writing = begin();
        SteppedTransaction otherSchema = begin();
        SteppedTransaction otherNames = begin()) {
      reading.run(
          tx -> tx.dsl().execute("set transaction isolation level repeatable read, read only"));
      reading.run(tx -> tx.dsl().fetchCount(DSL.table(DSL.name(EVENTS.getName()))));
      writing.run(tx -> tx.dsl().execute("insert into unrelated values (1)"));
      assertThat(seenBy(writing, EventQuery.all())).containsExactly(first);
      otherSchema.run(tx -> append(elsewhere.journal(ParcelEvent.class).within(tx), "a"));
      otherNames.run(tx -> append(prefixed.journal(ParcelEvent.class).within(tx), "a"));

      long second = append("fast");
      assertReadersSee(first, second);
      assertThat(elsewhere.rawJournal().latestPosition()).isZero();
      assertThat(prefixed.rawJournal().latestPosition()).isZero();
      otherSchema.commit();
      assertThat(elsewhere.rawJournal().latestPosition()).isEqualTo(1);
      assertThat(prefixed.rawJournal().latestPosition()).isZero();
    }
  }

  @Test
  void what_a_savepoint_had_announced_is_announced_again_after_it_is_rolled_back()
      throws Exception {
    long first = append("before");
    try (Subscription subscription = follow();
        SteppedTransaction slow = begin()) {
      slow.run(tx -> tx.dsl().execute("savepoint mine"));
      long lost = slow.run(tx -> append(tx, "lost"));
      long second = append("fast");
      assertReadersSee(first);
      slow.run(tx -> tx.dsl().execute("rollback to savepoint mine"));
      assertReadersSee(first, second);

      long held = slow.run(tx -> append(tx, "kept"));
      long last = append("fast");
      assertReadersSee(first, second);
      assertThat(held).isGreaterThan(lost);

      slow.commit();
      assertReadersSee(first, second, held, last);
      assertHandled(subscription, first, second, held, last);
    }
  }

  @Test
  void what_was_announced_before_a_savepoint_stays_so_when_it_is_rolled_back() throws Exception {
    try (SteppedTransaction slow = begin()) {
      long held = slow.run(tx -> append(tx, "kept"));
      long fast = append("fast");
      slow.run(tx -> tx.dsl().execute("savepoint mine"));
      slow.run(tx -> append(tx, "lost"));
      slow.run(tx -> tx.dsl().execute("rollback to savepoint mine"));
      long last = append("fast");
      assertReadersSee();

      slow.commit();
      assertReadersSee(held, fast, last);
    }
  }

  @Test
  void a_stream_that_begins_while_readers_are_held_back_is_listed_once() throws Exception {
    append("before");
    try (SteppedTransaction slow = begin()) {
      slow.run(tx -> append(tx, "slow"));
      append("fast");
      try (Stream<String> ids = daybook.queries(journal).liveStreamIds(PREFIX).stream()) {
        Iterator<String> each = ids.iterator();
        assertThat(List.of(each.next(), each.next()))
            .containsExactly(PREFIX + "before", PREFIX + "fast");

        slow.commit();
        append("last");
        assertThat(List.of(each.next(), each.next()))
            .containsExactly(PREFIX + "slow", PREFIX + "last");
      }
    }
  }

  @Test
  void a_transaction_takes_one_lock_however_much_it_appends() throws Exception {
    try (SteppedTransaction slow = begin()) {
      for (int i = 0; i < 3; i++) {
        slow.run(tx -> append(tx, "slow"));
        append("fast");
      }
      assertThat(number("select count(*) from pg_locks where locktype = 'advisory'")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"repeatable read", "serializable"})
  void a_transaction_that_goes_on_seeing_an_older_state_reads_streams_only(String isolation)
      throws Exception {
    append("before");
    try (SteppedTransaction older = begin()) {
      older.run(tx -> tx.dsl().execute("set transaction isolation level " + isolation));
      older.run(tx -> append(tx, "own"));

      assertThatThrownBy(() -> older.run(tx -> journal.within(tx).read(EventQuery.all())))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("READ COMMITTED");
      assertThatThrownBy(() -> older.run(tx -> journal.within(tx).latestPosition()))
          .isInstanceOf(InvalidInputException.class);
      assertThat(seenBy(older, EventQuery.stream(PREFIX + "own"))).hasSize(1);
      older.commit();
    }
    assertThat(everything()).hasSize(2);
  }
}
