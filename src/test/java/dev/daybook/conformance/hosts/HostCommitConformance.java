package dev.daybook.conformance.hosts;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.error.ClosedException;
import dev.daybook.journal.Appended;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the transactions of a host end, and what is there afterwards. */
abstract class HostCommitConformance extends HostConformance {

  HostCommitConformance(SharedDatabase kind, HostFixture.Maker hosts) {
    super(kind, hosts);
  }

  @Test
  void events_and_rows_are_committed_together() {
    host.inTransaction(
        () -> {
          append("a", 1);
          host.insertOrder(2);
          append("a", 2);

          assertThat(readStream("a")).hasSize(2);
          assertThat(stored("a")).as("not committed yet").isZero();
          assertThat(heard.now()).isEmpty();
        });

    assertThat(stored("a")).isEqualTo(2);
    assertThat(storedOrders()).containsExactly(1L, 2L);
    assertThat(heard.all(journal)).extracting(Appended::lastSeq).containsExactly(1L, 2L);
  }

  @Test
  void an_exception_rolls_both_back() {
    assertThatThrownBy(
            () ->
                host.inTransaction(
                    () -> {
                      host.insertOrder(2);
                      append("a", 1);
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");

    assertNothingStored();
  }

  @Test
  void a_mark_rolls_both_back() {
    host.inTransaction(
        () -> {
          append("a", 1);
          host.insertOrder(2);
          host.markForRollback();
          append("a", 2);
        });

    assertNothingStored();
  }

  @Test
  void a_failed_append_leaves_nothing_and_the_transaction_may_continue() {
    host.inTransaction(
        () -> {
          append("a", 1);
          assertThatThrownBy(() -> journal.append("a", ExpectedSeq.noStream(), moved(2)))
              .isInstanceOf(ConflictException.class);
          host.insertOrder(2);
          append("a", 2);
        });

    assertThat(stored("a")).isEqualTo(2);
    assertThat(storedOrders()).containsExactly(1L, 2L);
    assertThat(heard.all(journal)).hasSize(2);
  }

  @Test
  void a_thread_that_is_in_no_transaction_commits_by_itself() {
    append("a", 1);
    assertThat(stored("a")).isEqualTo(1);
    host.inTransaction(() -> append("a", 2));
    append("a", 3);
    assertThat(stored("a")).isEqualTo(3);
    assertThat(heard.all(journal)).hasSize(3);
  }

  @Test
  void a_pool_of_two_is_enough() {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.callersDataSource());
    config.setMaximumPoolSize(2);
    config.setConnectionTimeout(Await.PATIENCE.toMillis());
    try (HikariDataSource pool = new HikariDataSource(config);
        HostFixture two = hosts.on(pool, database.family());
        Daybook small = openOn(two)) {
      Journal<ParcelEvent> events = small.journal(ParcelEvent.class);
      events.onAppend(heard);
      for (int n = 1; n <= 20; n++) {
        int leg = n;
        two.inTransaction(
            () -> {
              assertThat(events.highestSeq("a")).isEqualTo(leg - 1);
              two.inNew(
                  () -> {
                    events.append("a", ExpectedSeq.exactly(leg - 1), moved(leg));
                    two.insertOrder(leg + 1);
                    try (Stream<RecordedEvent<ParcelEvent>> all = events.stream(EventQuery.all())) {
                      assertThat(all.count()).isEqualTo(leg);
                    }
                  });
            });
        heard.atLeast(leg);
        Await.until(() -> two.connectionsInUse(pool) == 0);
      }
    }
    assertThat(stored("a")).isEqualTo(20);
  }

  /** On SQLite a Daybook keeps connections of its own, which this pool could not give. */
  private Daybook openOn(HostFixture two) {
    return database.writesInParallel()
        ? Daybook.builder(two.dataSource()).push(false).transactions(two.host()).build()
        : database.open(options -> options.transactions(two.host()));
  }

  @Test
  void after_the_commit_the_thread_is_in_no_transaction_though_its_connection_is_bound() {
    List<Long> seen = new ArrayList<>();
    host.inTransaction(
        () -> {
          append("a", 1);
          host.afterCommit(
              () -> {
                seen.add(stored("a"));
                append("a", 2);
                seen.add(stored("a"));
              });
        });
    host.inTransaction(() -> host.afterCommit(() -> append("b", 1)));

    assertThat(seen).containsExactly(1L, 2L);
    assertThat(stored("a")).isEqualTo(2);
    assertThat(stored("b")).isEqualTo(1);
    assertThat(heard.all(journal)).hasSize(3);
  }

  @Test
  @SuppressWarnings("MustBeClosed") // It is closed after the transaction.
  void a_stream_that_is_still_open_at_the_end_ends_with_the_transaction() {
    append("a", 1);
    append("a", 2);
    List<Stream<RecordedEvent<ParcelEvent>>> left = new ArrayList<>();
    host.inTransaction(() -> left.add(journal.stream(EventQuery.stream("a"))));

    try (Stream<RecordedEvent<ParcelEvent>> open = left.get(0)) {
      assertThatThrownBy(open::toList).isInstanceOf(ClosedException.class);
    }
    append("a", 3);
  }
}
