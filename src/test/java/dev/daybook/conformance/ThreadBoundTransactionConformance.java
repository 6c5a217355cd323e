package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.ClosedException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Appended;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.TransactionProvider;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.ThreadLocalTransactionProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The journal inside transactions that jOOQ binds to a thread. For databases that are shared. */
public abstract class ThreadBoundTransactionConformance extends JournalConformance {

  private final Heard heard = new Heard();
  private DSLContext callers = DSL.using(SQLDialect.DEFAULT);
  private Orders orders;

  protected ThreadBoundTransactionConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @BeforeEach
  void connect() {
    orders = new Orders(database.family());
    TransactionProvider bound =
        new ThreadLocalTransactionProvider(
            new DataSourceConnectionProvider(database.callersDataSource()));
    callers = DSL.using(new DefaultConfiguration().set(bound).set(database.family()));
    journal.onAppend(heard);
    callers.transaction(orders::create);
  }

  @Test
  void events_and_rows_are_committed_together() {
    callers.transaction(
        transaction -> {
          journal.within(transaction).append("a", ExpectedSeq.noStream(), moved(1));
          // Of the thread's transaction, which this configuration knows nothing of.
          orders.insert(callers.configuration(), 2);
          journal.within(transaction).append("a", ExpectedSeq.exactly(1), moved(2));

          assertThat(readStream("a")).as("not committed yet").isEmpty();
          assertThat(heard.now()).isEmpty();
        });

    assertThat(readStream("a")).hasSize(2);
    assertThat(orders.all(callers.configuration())).containsExactly(1L, 2L);
    assertThat(heard.all(journal)).extracting(Appended::lastSeq).containsExactly(1L, 2L);
  }

  @Test
  void events_and_rows_are_rolled_back_together() {
    List<Journal<ParcelEvent>> kept = new ArrayList<>();
    assertThatThrownBy(
            () ->
                callers.transaction(
                    transaction -> {
                      kept.add(journal.within(transaction));
                      kept.get(0).append("a", ExpectedSeq.any(), moved(1));
                      orders.insert(callers.configuration(), 2);
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessageContaining("rolled back");

    assertThat(everything()).isEmpty();
    assertThat(orders.all(callers.configuration())).containsExactly(1L);
    assertThat(heard.all(journal)).isEmpty();
    assertThatThrownBy(() -> kept.get(0).append("a", ExpectedSeq.any(), moved(1)))
        .isInstanceOf(ClosedException.class);
  }

  @Test
  void a_nested_transaction_rolls_back_alone() {
    callers.transaction(
        transaction -> {
          journal.within(transaction).append("a", ExpectedSeq.any(), moved(1));
          assertThatThrownBy(
                  () ->
                      DSL.using(transaction)
                          .transaction(
                              nested -> {
                                journal.within(nested).append("b", ExpectedSeq.any(), moved(1));
                                throw new IllegalStateException("only this part");
                              }))
              .hasMessageContaining("only this part");
        });

    assertThat(journal.streamIds("", "", 5)).containsExactly("a");
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("a");
  }

  @Test
  void a_thread_can_have_one_transaction_after_the_other() {
    for (int n = 1; n <= 3; n++) {
      int leg = n;
      callers.transaction(
          transaction ->
              journal.within(transaction).append("a", ExpectedSeq.exactly(leg - 1), moved(leg)));
    }

    assertThat(heard.all(journal)).hasSize(3);
  }

  /** That is not the configuration of the transaction, though jOOQ's own statements are in it. */
  @Test
  void the_configuration_outside_is_refused_with_what_is_expected() {
    callers.transaction(
        transaction ->
            assertThatThrownBy(() -> journal.within(callers.configuration()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("dsl.transaction(...) passes to its code"));
  }
}
