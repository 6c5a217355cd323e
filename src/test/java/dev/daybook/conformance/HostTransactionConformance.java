package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.Daybook;
import dev.daybook.checkpoint.Checkpoint;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.error.ClosedException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.ReadOnlyException;
import dev.daybook.journal.Append;
import dev.daybook.journal.Appended;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamState;
import dev.daybook.settings.TableNames;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A Daybook that takes part in the transactions of a host: the user's code has only the
 * repositories and what the host gives. What was committed is asserted by another Daybook, and by
 * other connections. For databases that are shared.
 */
public abstract class HostTransactionConformance extends JournalConformance {

  /** A wait for the writer would be as long as the test is. */
  private static final Duration NO_WAIT = Duration.ZERO;

  private static final Meta META =
      new Meta(
          new ReplicaType("text", 1, 0), new SyncMode("concurrent", "broadcast", "durable"), "1");

  private final HostFixture.Maker hosts;
  private final Heard heard = new Heard();
  private Orders orders;
  private Journal<ParcelEvent> outside;
  protected HostFixture host;

  protected HostTransactionConformance(
      Function<Path, DatabaseFixture> databases, HostFixture.Maker hosts) {
    super(databases);
    this.hosts = hosts;
  }

  @BeforeEach
  void connect() {
    outside = daybook.journal(ParcelEvent.class);
    orders = new Orders(database.family());
    DataSource callers = database.callersDataSource();
    DSL.using(callers, database.family()).transaction(orders::create);
    host = hosts.on(callers, database.family());
    daybook = open(options -> options.transactions(host.host()).busyTimeout(NO_WAIT));
    journal = daybook.journal(ParcelEvent.class);
    journal.onAppend(heard);
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
  void an_inline_projection_works_in_the_hosts_transaction() {
    Journal<ParcelEvent> inline =
        daybook
            .subscriptions()
            .inline(
                Subscriber.of(
                    "orders",
                    journal,
                    ExactlyOnce.each(
                        (transaction, event) -> {
                          host.insertOrder(100 + event.seq());
                          if (event.data().equals(moved(13))) {
                            throw new IllegalStateException("unlucky");
                          }
                        })));
    inline.append("a", ExpectedSeq.any(), moved(1));
    host.inTransaction(
        () -> {
          inline.append("a", ExpectedSeq.any(), moved(2));
          host.insertOrder(2);
          assertThat(storedOrders()).as("not committed yet").containsExactly(1L, 101L);
        });
    assertThat(storedOrders()).containsExactly(1L, 2L, 101L, 102L);

    assertThatThrownBy(
            () ->
                host.inTransaction(
                    () -> {
                      inline.append("a", ExpectedSeq.any(), moved(3));
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThatThrownBy(() -> inline.append("a", ExpectedSeq.any(), moved(13)))
        .hasMessage("unlucky");
    host.inTransaction(
        () -> {
          inline.append("a", ExpectedSeq.any(), moved(3));
          assertThatThrownBy(() -> inline.append("a", ExpectedSeq.any(), moved(13)))
              .hasMessage("unlucky");
          host.inSavepoint(() -> inline.append("a", ExpectedSeq.any(), moved(4)));
        });
    assertThat(storedOrders()).containsExactly(1L, 2L, 101L, 102L, 103L, 104L);
    assertThat(stored("a")).isEqualTo(4);
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
  void a_new_transaction_is_committed_though_the_one_around_it_is_rolled_back() {
    host.inTransaction(
        () -> {
          assertThat(readStream("a")).isEmpty();
          host.inNew(
              () -> {
                append("a", 1);
                host.insertOrder(2);
              });
          assertThat(stored("a")).isEqualTo(1);
          if (database.writesInParallel()) {
            append("b", 1);
          }
          host.markForRollback();
        });

    assertThat(stored("a")).isEqualTo(1);
    assertThat(stored("b")).isZero();
    assertThat(storedOrders()).containsExactly(1L, 2L);
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("a");
  }

  @Test
  void a_new_transaction_inside_one_that_has_written_writes_or_is_refused_at_once() {
    host.inTransaction(
        () -> {
          append("a", 1);
          if (database.writesInParallel()) {
            host.inNew(() -> append("b", 1));
          } else {
            assertThatThrownBy(() -> host.inNew(() -> append("b", 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SQLite lets one transaction write at a time");
            assertThatThrownBy(
                    () ->
                        host.inNew(
                            () ->
                                daybook.transaction(
                                    tx -> daybook.within(tx).checkpoints().save("c", 1))))
                .isInstanceOf(IllegalStateException.class);
          }
          append("a", 2);
        });

    assertThat(stored("a")).isEqualTo(2);
    assertThat(stored("b")).isEqualTo(database.writesInParallel() ? 1 : 0);
  }

  @Test
  void a_savepoint_is_rolled_back_alone_and_no_listener_hears_of_it() {
    host.inTransaction(
        () -> {
          append("a", 1);
          assertThatThrownBy(
                  () ->
                      host.inSavepoint(
                          () -> {
                            append("b", 1);
                            host.insertOrder(2);
                            throw new IllegalStateException("only this part");
                          }))
              .hasMessage("only this part");
          host.inSavepoint(() -> append("c", 1));
        });

    assertThat(stored("b")).isZero();
    assertThat(storedOrders()).containsExactly(1L);
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("a", "c");
  }

  @Test
  void a_savepoint_that_is_older_than_the_first_use_is_rolled_back_as_well() {
    host.inTransaction(
        () -> {
          assertThatThrownBy(
                  () ->
                      host.inSavepoint(
                          () -> {
                            append("b", 1);
                            throw new IllegalStateException("only this part");
                          }))
              .hasMessage("only this part");
          append("a", 1);
        });

    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("a");
  }

  @Test
  void a_transaction_that_only_reads_reads_and_refuses_to_write() {
    append("a", 1);
    host.readOnly(
        () -> {
          assertThat(readStream("a")).hasSize(1);
          assertThatThrownBy(() -> append("a", 2))
              .isInstanceOf(ReadOnlyException.class)
              .hasMessageContaining("begun only to read");
          daybook.transaction(
              tx ->
                  assertThatThrownBy(() -> daybook.within(tx).checkpoints().save("c", 1))
                      .isInstanceOf(ReadOnlyException.class));
          assertThat(readStream("a")).hasSize(1);
        });

    assertThat(stored("a")).isEqualTo(1);
  }

  @Test
  void jooq_joins_by_the_configuration_that_the_framework_injects() {
    host.inTransaction(
        () -> {
          Configuration injected = host.dsl().configuration();
          orders.insert(injected, 2);
          host.insertOrder(3);
          daybook.within(injected).journal(ParcelEvent.class).append("a", any(), moved(1));
          append("a", 2);
          assertThat(stored("a")).isZero();
        });

    assertThat(stored("a")).isEqualTo(2);
    assertThat(storedOrders()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void a_configuration_of_another_connection_is_refused() {
    DataSource callers = database.callersDataSource();
    host.inTransaction(
        () ->
            assertThatThrownBy(
                    () -> daybook.within(DSL.using(callers, database.family()).configuration()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the transaction that this thread is in"));
    assertThatThrownBy(() -> daybook.within(DSL.using(callers, database.family()).configuration()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not inside a jOOQ transaction");
  }

  @Test
  void a_pool_of_two_is_enough() {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.callersDataSource());
    config.setMaximumPoolSize(2);
    config.setConnectionTimeout(Await.PATIENCE.toMillis());
    try (HikariDataSource pool = new HikariDataSource(config)) {
      HostFixture two = hosts.on(pool, database.family());
      Daybook small = openOn(pool, two);
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
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
      }
      small.close();
    }
    assertThat(stored("a")).isEqualTo(20);
    heard.atLeast(20);
  }

  /** On SQLite a Daybook keeps connections of its own, which this pool could not give. */
  private Daybook openOn(DataSource pool, HostFixture two) {
    return database.writesInParallel()
        ? Daybook.builder(pool).push(false).transactions(two.host()).build()
        : open(options -> options.transactions(two.host()));
  }

  @Test
  void daybook_s_transaction_is_a_part_of_the_one_that_the_thread_is_in() {
    host.inTransaction(
        () -> {
          daybook.transaction(
              tx -> {
                append("a", 1);
                daybook.within(tx).journal(ParcelEvent.class).append("a", any(), moved(2));
                orders.insert(tx, 2);
              });
          assertThat(stored("a")).isZero();
          assertThatThrownBy(
                  () ->
                      daybook.transaction(
                          tx -> {
                            append("b", 1);
                            orders.insert(tx, 3);
                            DSL.using(tx).transaction(nested -> orders.insert(nested, 4));
                            throw new IllegalStateException("only this part");
                          }))
              .hasMessage("only this part");
          append("a", 3);
        });

    assertThat(stored("a")).isEqualTo(3);
    assertThat(stored("b")).isZero();
    assertThat(storedOrders()).containsExactly(1L, 2L);
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsOnly("a").hasSize(3);
  }

  @Test
  void daybook_s_transaction_is_a_new_one_of_the_host_if_the_thread_is_in_none() {
    List<Configuration> kept = new ArrayList<>();
    daybook.transaction(
        tx -> {
          kept.add(tx);
          append("a", 1);
          daybook.within(tx).journal(ParcelEvent.class).append("a", any(), moved(2));
          host.insertOrder(2);
          orders.insert(tx, 3);
          daybook.transaction(inner -> append("a", 3));
          assertThat(stored("a")).isZero();
        });
    assertThatThrownBy(
            () ->
                daybook.transaction(
                    tx -> {
                      append("b", 1);
                      host.insertOrder(4);
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");

    assertThat(stored("a")).isEqualTo(3);
    assertThat(stored("b")).isZero();
    assertThat(storedOrders()).containsExactly(1L, 2L, 3L);
    assertThat(heard.all(journal)).hasSize(3);
    assertThatThrownBy(() -> daybook.within(kept.get(0)).rawJournal().read(EventQuery.all()))
        .isInstanceOf(ClosedException.class);
  }

  @Test
  void what_a_handler_writes_by_the_framework_is_there_exactly_once() throws Exception {
    append("a", 1);
    append("a", 2);
    AtomicBoolean failed = new AtomicBoolean();
    Subscriber<ParcelEvent> subscriber =
        Subscriber.of(
                "parcels",
                journal,
                ExactlyOnce.<ParcelEvent>each(
                    (tx, event) -> {
                      host.insertOrder(event.seq() + 1);
                      append("counted", (int) event.seq());
                      if (event.seq() == 2 && !failed.getAndSet(true)) {
                        throw new IllegalStateException("not yet");
                      }
                    }))
            .select(EventQuery.all().inStreams("a"))
            .onFailure(OnFailure.stop().retries(2, Duration.ZERO, Duration.ZERO));
    try (Subscription subscription = daybook.subscriptions().start(subscriber)) {
      long last = outside.read(EventQuery.stream("a")).get(1).position();
      assertThat(subscription.awaitPosition(last, Await.PATIENCE)).isTrue();
    }

    assertThat(failed).isTrue();
    assertThat(storedOrders()).containsExactly(1L, 2L, 3L);
    assertThat(stored("counted")).isEqualTo(2);
  }

  @Test
  void a_subscription_hears_after_the_commit_and_not_of_what_was_rolled_back() throws Exception {
    openWith(options -> options.transactions(host.host()));
    List<String> handled = new CopyOnWriteArrayList<>();
    try (Subscription subscription =
        daybook
            .subscriptions()
            .start(
                Subscriber.of(
                    "parcels",
                    journal,
                    AtLeastOnce.<ParcelEvent>each(event -> handled.add(event.streamId()))))) {
      host.inTransaction(
          () -> {
            append("lost", 1);
            host.markForRollback();
          });
      host.inTransaction(
          () -> {
            append("a", 1);
            assertThat(handled).isEmpty();
          });
      long last = outside.latestPosition();
      assertThat(subscription.awaitPosition(last, Await.PATIENCE)).isTrue();
    }

    assertThat(handled).containsExactly("a");
  }

  @Test
  void every_repository_joins() {
    append("a", 1);
    append("a", 2);
    append("b", 1);
    append("c", 1);
    Runnable all =
        () -> {
          daybook.snapshots(State.class).save("a", 2, new State(2));
          daybook.documents().append("d", META);
          daybook.checkpoints().save("consumer", 1);
          journal.delete("a", 1);
          daybook.streams().archive("b");
          daybook.streams().delete("c");
        };
    host.inTransaction(
        () -> {
          all.run();
          host.markForRollback();
        });
    assertThat(everythingOf()).isEqualTo(new Stored(false, false, false, 2, false, 1));
    host.inTransaction(
        () -> {
          all.run();
          assertThat(everythingOf()).isEqualTo(new Stored(false, false, false, 2, false, 1));
        });

    assertThat(everythingOf()).isEqualTo(new Stored(true, true, true, 1, true, 0));
  }

  private record State(int legs) {}

  private record Stored(
      boolean snapshot, boolean document, boolean checkpoint, int ofA, boolean archived, int ofC) {}

  private Stored everythingOf() {
    try (Daybook other = database.open()) {
      Journal<ParcelEvent> events = other.journal(ParcelEvent.class);
      boolean deleted = other.streams().status("c").state() == StreamState.DELETED;
      return new Stored(
          other.snapshots(State.class).loadLatest("a").isPresent(),
          other.documents().currentMeta("d").isPresent(),
          other.checkpoints().load("consumer").map(Checkpoint::position).isPresent(),
          events.read(EventQuery.stream("a")).size(),
          other.streams().status("b").state() == StreamState.ARCHIVED,
          deleted ? 0 : events.read(EventQuery.stream("c")).size());
    }
  }

  @Test
  void two_daybooks_share_a_transaction() {
    Daybook second =
        open(
            options ->
                options
                    .transactions(host.host())
                    .busyTimeout(NO_WAIT)
                    .tables(TableNames.prefixed("second_")));
    Journal<ParcelEvent> others = second.journal(ParcelEvent.class);
    Heard heardBySecond = new Heard();
    others.onAppend(heardBySecond);
    assertThat(second.schemaVersion()).isNotEmpty();
    host.inTransaction(
        () -> {
          append("a", 1);
          others.append("a", any(), moved(1));
          append("a", 2);
          host.markForRollback();
        });
    assertThat(others.highestSeq("a")).isZero();
    host.inTransaction(
        () -> {
          append("a", 1);
          others.append("a", any(), moved(1));
          append("a", 2);
        });

    assertThat(stored("a")).isEqualTo(2);
    assertThat(others.highestSeq("a")).isEqualTo(1);
    assertThat(heard.all(journal)).hasSize(2);
    assertThat(heardBySecond.all(others)).hasSize(1);
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

  @Test
  void what_commits_by_itself_is_refused_inside() {
    append("a", 1);
    host.inTransaction(
        () -> {
          assertThat(readStream("a")).hasSize(1);
          assertThatThrownBy(() -> journal.bulkLoad("load"))
              .isInstanceOf(InvalidInputException.class);
          assertThatThrownBy(() -> daybook.streams().archiveTo("a", daybook.streams()))
              .isInstanceOf(InvalidInputException.class);
          assertThatThrownBy(daybook::close).isInstanceOf(IllegalStateException.class);
        });
  }

  @Test
  void a_transaction_of_another_database_is_refused_before_anything_is_written()
      throws IOException {
    Files.createDirectory(anotherDirectory());
    try (DatabaseFixture another = another()) {
      HostFixture there = hosts.on(another.callersDataSource(), another.family());
      Daybook lost =
          open(
              options ->
                  options.transactions(there.host()).tables(TableNames.prefixed("here_only_")));
      assertThat(lost.schemaVersion()).isNotEmpty();
      there.inTransaction(
          () ->
              assertThatThrownBy(
                      () -> lost.journal(ParcelEvent.class).append(Append.of("a", any(), moves(1))))
                  .isInstanceOf(InvalidInputException.class)
                  .hasMessageContaining("expected a transaction of the"));
      lost.close();
      another.requireNothingLeft();
    }
  }

  protected final Path anotherDirectory() {
    return directory.resolve("another");
  }

  /** Another database of the same kind. */
  protected abstract DatabaseFixture another();

  private static ExpectedSeq any() {
    return ExpectedSeq.any();
  }

  private void append(String streamId, int leg) {
    journal.append(streamId, ExpectedSeq.exactly(leg - 1), moved(leg));
  }

  private long stored(String streamId) {
    return outside.highestSeq(streamId);
  }

  private List<Long> storedOrders() {
    return orders.all(DSL.using(database.callersDataSource(), database.family()).configuration());
  }

  private void assertNothingStored() {
    assertThat(outside.read(EventQuery.all())).isEmpty();
    assertThat(storedOrders()).containsExactly(1L);
    assertThat(heard.all(journal)).isEmpty();
  }
}
