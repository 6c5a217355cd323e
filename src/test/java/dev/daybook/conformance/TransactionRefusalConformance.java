package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.error.ClosedException;
import dev.daybook.error.DatabaseBusyException;
import dev.daybook.error.DatabaseException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.Appended;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.settings.TableNames;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/**
 * What is refused in a jOOQ transaction on the caller's own connections: for databases that are
 * shared.
 */
public abstract class TransactionRefusalConformance extends CallersConformance {

  protected TransactionRefusalConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_journal_bound_to_a_transaction_is_of_no_use_after_it() {
    List<Journal<ParcelEvent>> kept = new ArrayList<>();
    callers.transaction(transaction -> kept.add(journal.within(transaction)));
    assertThatThrownBy(
            () ->
                callers.transaction(
                    transaction -> {
                      kept.add(journal.within(transaction));
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessageContaining("rolled back");

    assertThat(kept).hasSize(2);
    for (Journal<ParcelEvent> late : kept) {
      assertThatThrownBy(() -> late.append("a", ExpectedSeq.any(), moved(1)))
          .isInstanceOf(ClosedException.class);
      assertThatThrownBy(() -> late.read(EventQuery.all())).isInstanceOf(ClosedException.class);
    }
    assertThat(everything()).isEmpty();
  }

  @Test
  void a_transaction_that_the_database_gave_up_takes_no_more_events_and_leaves_none() {
    Orders orders = new Orders(database.family());
    callers.transaction(orders::create);
    List<Journal<ParcelEvent>> kept = new ArrayList<>();

    assertThatThrownBy(
            () ->
                callers.transaction(
                    transaction -> {
                      Journal<ParcelEvent> inside = journal.within(transaction);
                      kept.add(inside);
                      inside.append("a", ExpectedSeq.any(), moved(1));
                      assertThatThrownBy(() -> orders.giveUp(transaction)).isNotNull();
                      assertThatThrownBy(() -> inside.append("b", ExpectedSeq.any(), moved(1)))
                          .isInstanceOf(DatabaseException.class);
                    }))
        .isNotNull();

    assertThat(everything()).isEmpty();
    assertThat(heard.all(journal)).isEmpty();
    assertThat(callers.transactionResult(orders::all)).containsExactly(1L);
    assertThatThrownBy(() -> kept.get(0).append("a", ExpectedSeq.any(), moved(1)))
        .isInstanceOf(ClosedException.class);
    assertThat(appendMoves("a", 1).get(0).seq()).isEqualTo(1);
  }

  /** What was written is not only events. */
  @Test
  void a_transaction_in_which_a_statement_failed_is_not_committed_without_a_word() {
    Orders orders = new Orders(database.family());
    callers.transaction(orders::create);

    assertThatThrownBy(
            () ->
                callers.transaction(
                    transaction -> {
                      daybook.within(transaction).checkpoints().save("orders", 5);
                      assertThatThrownBy(() -> orders.giveUp(transaction)).isNotNull();
                    }))
        .isNotNull();

    assertThat(daybook.checkpoints().load("orders")).isEmpty();
  }

  @Test
  void after_a_transaction_that_the_database_gave_up_the_next_is_whole_on_the_same_connection()
      throws SQLException {
    Orders orders = new Orders(database.family());
    callers.transaction(orders::create);
    try (Connection connection = database.callersDataSource().getConnection()) {
      connection.setAutoCommit(false);
      DSLContext one = DSL.using(connection, database.family());
      for (int n = 1; n <= 2; n++) {
        assertThatThrownBy(
                () ->
                    one.transaction(
                        transaction -> {
                          journal.within(transaction).append("a", ExpectedSeq.any(), moved(1));
                          orders.giveUp(transaction);
                        }))
            .isNotNull();
      }

      one.transaction(
          transaction -> journal.within(transaction).append("b", ExpectedSeq.any(), moved(1)));
      assertThatThrownBy(
              () ->
                  one.transaction(
                      transaction -> {
                        journal.within(transaction).append("c", ExpectedSeq.any(), moved(1));
                        throw new IllegalStateException("rolled back");
                      }))
          .hasMessageContaining("rolled back");
    }

    assertThat(journal.streamIds("", "", 5)).containsExactly("b");
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("b");
  }

  @Test
  void a_configuration_that_outlives_its_transaction_is_refused() {
    List<Configuration> kept = new ArrayList<>();
    callers.transaction(
        transaction -> {
          kept.add(transaction.derive());
          transaction.dsl().transaction(nested -> kept.add(nested));
        });

    for (Configuration late : kept) {
      assertThatThrownBy(() -> journal.within(late).append("a", ExpectedSeq.any(), moved(1)))
          .isInstanceOf(DaybookException.class);
    }
    assertThat(everything()).isEmpty();
  }

  @Test
  void a_transaction_of_another_database_is_refused_by_name() {
    try (Daybook other = Daybook.inMemory()) {
      Journal<ParcelEvent> others = other.journal(ParcelEvent.class);
      if (database.family() == SQLDialect.SQLITE) {
        callers.transaction(
            transaction ->
                assertThatThrownBy(() -> others.within(transaction))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("its own database in memory"));
        daybook.transaction(
            transaction ->
                assertThatThrownBy(() -> others.within(transaction))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("its own database in memory"));
        other.transaction(
            transaction ->
                assertThatThrownBy(() -> journal.within(transaction))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("another database in memory")
                    .hasMessageContaining("expected a transaction of the same database"));
      }
      assertThat(others.read(EventQuery.all())).isEmpty();
      assertThat(everything()).isEmpty();
    }
  }

  @Test
  void a_transaction_that_sees_no_tables_of_the_store_is_refused_by_name() {
    try (Daybook renamed = database.open(it -> it.tables(TableNames.prefixed("other_")))) {
      Journal<ParcelEvent> others = renamed.journal(ParcelEvent.class);
      assertThat(others.read(EventQuery.all())).isEmpty();
      callers.transaction(
          transaction -> {
            renamed.schemaVersion();
            dropTables(transaction);
          });
      for (Consumer<Journal<ParcelEvent>> use :
          List.<Consumer<Journal<ParcelEvent>>>of(
              inside -> inside.read(EventQuery.all()),
              inside -> inside.count(EventQuery.stream("a")),
              inside -> inside.append("a", ExpectedSeq.any(), moved(1)))) {
        assertThatThrownBy(
                () -> callers.transaction(transaction -> use.accept(others.within(transaction))))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining("the transaction sees no tables of this Daybook");
      }
    }
  }

  private static void dropTables(Configuration transaction) {
    DSL.using(transaction).dropTable(DSL.name("other_events_tags")).execute();
    DSL.using(transaction).dropTable(DSL.name("other_events")).execute();
    DSL.using(transaction).dropTable(DSL.name("other_streams")).execute();
  }

  @Test
  void the_daybooks_own_writer_is_told_what_a_caller_holds() {
    callers.transaction(
        transaction -> {
          journal.within(transaction).append("a", ExpectedSeq.any(), moved(1));
          assertWaitsForItself(() -> appendMoves("a", 1));
          assertWaitsForItself(
              () ->
                  journal.append(
                      Append.of("a", ExpectedSeq.any(), moved(1)).withIdempotencyKey("key")));
          if (database.writesInParallel()) {
            assertThat(appendMoves("b", 1)).hasSize(1);
          } else {
            assertWaitsForItself(() -> appendMoves("b", 1));
            assertWaitsForItself(() -> journal.delete("a", 1));
            assertWaitsForItself(() -> daybook.snapshots(Integer.class).save("a", 1, 1));
            assertWaitsForItself(() -> daybook.transaction(own -> {}));
            assertThat(readStream("a")).isEmpty();
          }
        });

    assertThat(journal.streamIds("", "", 5)).contains("a");
    assertThat(journal.highestSeq("a")).isEqualTo(1);
    long written = database.writesInParallel() ? 1 : 0;
    assertThat(journal.highestSeq("b")).isEqualTo(written);
    assertThat(appendMoves("b", 1).get(0).seq()).isEqualTo(written + 1);
  }

  /** Where one transaction writes at a time, that can never succeed, and is refused at once. */
  private void assertWaitsForItself(ThrowingCallable write) {
    assertThatThrownBy(write)
        .isInstanceOf(
            database.writesInParallel() ? DatabaseBusyException.class : IllegalStateException.class)
        .hasMessageContaining("use within(transaction)");
  }
}
