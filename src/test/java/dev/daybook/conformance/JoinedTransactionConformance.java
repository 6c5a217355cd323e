package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.JoinedTransaction;
import dev.daybook.error.ClosedException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.ReadOnlyException;
import dev.daybook.journal.Appended;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.Subscriber;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.function.Function;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The repositories on a connection whose owner ends its transaction. For shared databases. */
public abstract class JoinedTransactionConformance extends JournalConformance {

  private final Heard heard = new Heard();
  private Orders orders;
  private Connection connection;

  protected JoinedTransactionConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @BeforeEach
  void connect() throws SQLException {
    openWith(options -> options.busyTimeout(Duration.ZERO));
    orders = new Orders(database.family());
    DSL.using(database.callersDataSource(), database.family()).transaction(orders::create);
    journal.onAppend(heard);
    connection = database.callersDataSource().getConnection();
    connection.setAutoCommit(false);
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.setAutoCommit(true);
    connection.close();
  }

  @Test
  void rows_and_events_are_committed_together_and_heard_of_afterwards() throws SQLException {
    JoinedTransaction joined = daybook.join(connection);
    insert(2);
    append(joined, "a");
    append(joined, "a");
    joined.checkpoints().save("consumer", 1);
    assertThat(journal.highestSeq("a")).isZero();
    connection.commit();
    assertThat(heard.now()).isEmpty();
    joined.committed();

    assertThat(journal.highestSeq("a")).isEqualTo(2);
    assertThat(daybook.checkpoints().load("consumer")).isPresent();
    assertThat(heard.all(journal)).extracting(Appended::lastSeq).containsExactly(1L, 2L);
  }

  @Test
  void an_inline_projection_works_on_the_connection() throws SQLException {
    Journal<ParcelEvent> inline =
        daybook
            .subscriptions()
            .inline(
                Subscriber.of(
                    "orders",
                    journal,
                    ExactlyOnce.each(
                        (transaction, event) -> orders.insert(transaction, 100 + event.seq()))));
    JoinedTransaction joined = daybook.join(connection);
    Journal<ParcelEvent> within = inline.within(joined.configuration());
    within.append("a", ExpectedSeq.any(), moved(1));
    insert(102);
    assertThatThrownBy(() -> within.append("a", ExpectedSeq.any(), moved(2)))
        .isInstanceOf(DataAccessException.class);
    append(joined, "b");
    connection.commit();
    joined.committed();

    assertThat(everything()).hasSize(2);
    assertThat(DSL.using(connection, database.family()).transactionResult(orders::all))
        .containsExactly(1L, 101L, 102L);
    assertThat(daybook.subscriptions().find("orders").orElseThrow().lagEvents()).isOne();
  }

  @Test
  void both_are_rolled_back_and_nothing_is_heard() throws SQLException {
    JoinedTransaction joined = daybook.join(connection);
    insert(2);
    append(joined, "a");
    connection.rollback();
    joined.rolledBack();

    assertThat(everything()).isEmpty();
    assertThat(heard.all(journal)).isEmpty();
  }

  @Test
  void what_a_savepoint_has_rolled_back_is_not_heard_of() throws SQLException {
    JoinedTransaction joined = daybook.join(connection);
    append(joined, "a");
    Savepoint savepoint = connection.setSavepoint();
    append(joined, "b");
    connection.rollback(savepoint);
    append(joined, "c");
    connection.commit();
    joined.committed();

    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("a", "c");
  }

  @Test
  void listeners_hear_what_is_there_if_nobody_knows_the_outcome() throws SQLException {
    JoinedTransaction lost = daybook.join(connection);
    append(lost, "lost");
    connection.rollback();
    lost.ended();
    JoinedTransaction kept = daybook.join(connection);
    append(kept, "kept");
    connection.commit();
    kept.ended();

    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("kept");
  }

  @Test
  void after_its_end_it_can_t_be_used() throws SQLException {
    JoinedTransaction joined = daybook.join(connection);
    Journal<ParcelEvent> inside = joined.journal(ParcelEvent.class);
    inside.append("a", ExpectedSeq.any(), moved(1));
    connection.commit();
    joined.committed();

    assertThatThrownBy(() -> inside.read(EventQuery.all())).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> append(joined, "a")).isInstanceOf(ClosedException.class);
    assertThatThrownBy(joined::committed).isInstanceOf(ClosedException.class);
    assertThatThrownBy(joined::rolledBack).isInstanceOf(ClosedException.class);
  }

  @Test
  void a_connection_that_commits_by_itself_is_refused() throws SQLException {
    connection.setAutoCommit(true);
    assertThatThrownBy(() -> daybook.join(connection))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("auto-commit is off");
  }

  @Test
  void a_daybook_that_only_reads_does_not_join() {
    Daybook reading = open(options -> options.readOnly());
    assertThatThrownBy(() -> reading.join(connection)).isInstanceOf(ReadOnlyException.class);
  }

  /** Where one transaction writes at a time, the thread's next write must not wait for itself. */
  @Test
  void a_forgotten_end_loses_nothing_and_blocks_nothing_once_the_connection_is_free()
      throws SQLException {
    JoinedTransaction joined = daybook.join(connection);
    append(joined, "a");
    if (!database.writesInParallel()) {
      assertThatThrownBy(() -> journal.append("b", ExpectedSeq.any(), moved(1)))
          .isInstanceOf(IllegalStateException.class);
    }
    connection.commit();
    connection.setAutoCommit(true);

    journal.append("b", ExpectedSeq.any(), moved(1));
    assertThat(everything()).hasSize(2);
  }

  @Test
  void two_daybooks_join_one_connection() throws SQLException {
    Daybook second = open(options -> options.busyTimeout(Duration.ZERO));
    JoinedTransaction first = daybook.join(connection);
    JoinedTransaction other = second.join(connection);
    append(first, "a");
    append(other, "a");
    append(first, "a");
    connection.commit();
    first.committed();
    other.committed();

    assertThat(journal.highestSeq("a")).isEqualTo(3);
    assertThat(heard.all(journal)).hasSize(2);
  }

  private static void append(JoinedTransaction joined, String streamId) {
    joined.journal(ParcelEvent.class).append(streamId, ExpectedSeq.any(), moved(1));
  }

  private void insert(long id) {
    orders.insert(DSL.using(connection, database.family()).configuration(), id);
  }
}
