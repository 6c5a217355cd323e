package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import dev.daybook.Daybook;
import dev.daybook.error.DatabaseBusyException;
import dev.daybook.error.ForeignTransactionException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.Registration;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A data source that hands out a connection which is inside an application's transaction: whatever
 * Daybook does, that transaction is only the application's to commit. For databases behind a data
 * source.
 */
public abstract class ForeignTransactionConformance extends JournalConformance {

  private TransactionAwareDataSource dataSource;
  private Connection callers;
  private Orders orders;

  protected ForeignTransactionConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  /** With no patience at all whoever waits for the application's transaction fails at once. */
  @BeforeEach
  void connect() throws SQLException {
    orders = new Orders(database.family());
    dataSource = new TransactionAwareDataSource(database.storesDataSource().orElseThrow());
    assertThat(daybook.schemaVersion()).isNotEmpty();
    DSL.using(dataSource, database.family()).transaction(orders::create);
    callers = database.callersDataSource().getConnection();
  }

  @AfterEach
  void disconnect() throws SQLException {
    callers.setAutoCommit(true);
    callers.close();
  }

  @Test
  void opening_leaves_it_alone() throws SQLException {
    try (Daybook store = openStore()) {
      begin();
      dataSource.handOut(callers, thread -> true);

      assertRefused(store::schemaVersion);
      assertRolledBack();

      dataSource.end();
      assertThat(store.schemaVersion()).isEqualTo(daybook.schemaVersion());
    }
  }

  @Test
  void opening_leaves_one_alone_in_which_something_was_only_read() throws SQLException {
    try (Daybook store = openStore()) {
      callers.setAutoCommit(false);
      assertThat(orders.all(dsl(callers).configuration())).containsExactly(1L);
      dataSource.handOut(callers, thread -> true);

      assertRefused(store::schemaVersion);
    }
  }

  /** The driver may know nothing of it. */
  @Test
  void opening_leaves_one_alone_that_was_begun_by_sql() throws SQLException {
    try (Daybook store = openStore()) {
      dsl(callers).execute("begin");
      orders.insert(dsl(callers).configuration(), 2);
      dataSource.handOut(callers, thread -> true);

      assertRefused(store::schemaVersion);

      dsl(callers).execute("rollback");
      assertOnlyTheFirst();
    }
  }

  @Test
  @SuppressWarnings("MustBeClosed") // It is refused; else it is closed at once.
  void a_read_leaves_it_alone() throws SQLException {
    appendMoves("a", 1);
    try (Daybook store = openStore()) {
      assertThat(store.schemaVersion()).isNotEmpty();
      begin();
      dataSource.handOut(callers, thread -> true);

      assertRefused(() -> store.rawJournal().read(EventQuery.all()));
      assertRefused(() -> store.rawJournal().stream(EventQuery.all()).close());
      assertRolledBack();

      dataSource.end();
      assertThat(store.rawJournal().read(EventQuery.all())).hasSize(1);
    }
  }

  /** Nothing of it is there to be lost, but what comes next might be. */
  @Test
  void a_read_leaves_one_alone_in_which_nothing_has_been_done_yet() throws SQLException {
    try (Daybook store = openStore()) {
      assertThat(store.schemaVersion()).isNotEmpty();
      callers.setAutoCommit(false);
      dataSource.handOut(callers, thread -> true);

      assertRefused(() -> store.rawJournal().read(EventQuery.all()));
    }
  }

  /** Where one connection writes, Daybook has had its own since it was opened. */
  @Test
  void a_write_leaves_it_alone() throws SQLException {
    try (Daybook store = openStore()) {
      Journal<ParcelEvent> others = store.journal(ParcelEvent.class);
      others.append("a", ExpectedSeq.any(), moved(1));
      begin();
      dataSource.handOut(callers, thread -> true);

      assertThatThrownBy(() -> others.append("a", ExpectedSeq.any(), moved(2)))
          .isInstanceOf(
              database.writesInParallel()
                  ? ForeignTransactionException.class
                  : DatabaseBusyException.class);
      assertThatThrownBy(() -> store.transaction(transaction -> {}))
          .isInstanceOf(
              database.writesInParallel()
                  ? ForeignTransactionException.class
                  : DatabaseBusyException.class);
      assertRolledBack();

      dataSource.end();
      others.append("a", ExpectedSeq.exactly(1), moved(2));
    }
  }

  @Test
  void a_look_at_the_whole_database_leaves_it_alone() throws SQLException {
    try (Daybook store = openStore()) {
      assertThat(store.schemaVersion()).isNotEmpty();
      begin();
      dataSource.handOut(callers, thread -> true);

      assertRefused(() -> store.maintenance().verify());
      assertRolledBack();
    }
  }

  @Test
  void looking_for_others_events_leaves_it_alone() throws SQLException {
    try (Daybook store = openStore()) {
      assertThat(store.schemaVersion()).isNotEmpty();
      begin();
      dataSource.handOut(callers, thread -> thread.getName().startsWith("daybook-"));
      AtomicBoolean heard = new AtomicBoolean();

      Registration news = store.notifier().onNews(position -> heard.set(true));
      Await.until(() -> dataSource.handedOut() > 0);
      assertRolledBack();

      dataSource.end();
      appendMoves("a", 1);
      Await.until(heard::get);
      news.close();
    }
  }

  @Test
  void telling_others_of_a_commit_leaves_it_alone() throws SQLException {
    try (Daybook store = openStore()) {
      assertThat(store.schemaVersion()).isNotEmpty();
      begin();
      dataSource.handOut(callers, thread -> thread.getName().equals("daybook-push"));
      if (database.writesInParallel()) {
        store.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), moved(1));
        Await.until(() -> dataSource.handedOut() > 0);
      }
      assertRolledBack();
    }
    assertThat(dataSource.handedOut() > 0).isEqualTo(database.writesInParallel());
  }

  @Test
  void a_pool_whose_connections_never_commit_by_themselves_is_fine() {
    DelegatingDataSource manual =
        new DelegatingDataSource(database.storesDataSource().orElseThrow()) {
          @Override
          protected Connection wrap(Connection connection) throws SQLException {
            connection.setAutoCommit(false);
            return connection;
          }
        };
    try (Daybook store = Daybook.open(manual)) {
      Journal<ParcelEvent> others = store.journal(ParcelEvent.class);
      others.append("a", ExpectedSeq.noStream(), moved(1));
      others.append("a", ExpectedSeq.exactly(1), moved(2));

      assertThat(others.read(EventQuery.all())).hasSize(2);
    }
    assertThat(readStream("a")).hasSize(2);
  }

  /** jOOQ takes it for the outermost one, and ends both when it ends the inner one. */
  @Test
  void a_transaction_that_jooq_began_inside_another_is_refused_and_nothing_is_half_committed() {
    List<Throwable> refused = new ArrayList<>();
    assertThatThrownBy(
            () ->
                DSL.using(dataSource, database.family())
                    .transaction(
                        outer -> {
                          journal.within(outer).append("a", ExpectedSeq.any(), moved(1));
                          outer
                              .dsl()
                              .connection(same -> refused.add(catchThrowable(() -> begin(same))));
                        }))
        .isInstanceOf(DataAccessException.class);

    assertThat(refused)
        .singleElement(THROWABLE)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tx.dsl().transaction(...)");
    assertThat(everything()).isEmpty();
  }

  private void begin(Connection connection) {
    dsl(connection)
        .transaction(inner -> journal.within(inner).append("b", ExpectedSeq.any(), moved(1)));
  }

  private Daybook openStore() {
    return Daybook.builder(dataSource).busyTimeout(Duration.ZERO).build();
  }

  private void begin() throws SQLException {
    callers.setAutoCommit(false);
    orders.insert(dsl(callers).configuration(), 2);
  }

  private static void assertRefused(ThrowingCallable use) {
    assertThatThrownBy(use)
        .isInstanceOf(ForeignTransactionException.class)
        .hasMessageContaining("daybook.within(configuration)");
  }

  private void assertRolledBack() throws SQLException {
    assertThat(callers.getAutoCommit()).isFalse();
    callers.rollback();
    assertOnlyTheFirst();
  }

  private void assertOnlyTheFirst() {
    assertThat(orders.all(dsl(callers).configuration())).containsExactly(1L);
  }

  private DSLContext dsl(Connection connection) {
    return DSL.using(connection, database.family());
  }
}
