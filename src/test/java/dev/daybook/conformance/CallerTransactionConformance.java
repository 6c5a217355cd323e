package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.DatabaseBusyException;
import dev.daybook.journal.Append;
import dev.daybook.journal.Appended;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/**
 * The journal inside a jOOQ transaction on the caller's own connections: for databases that are
 * shared. The fixture finds each statement that was left open on one of them.
 */
public abstract class CallerTransactionConformance extends CallersConformance {

  protected CallerTransactionConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void what_was_appended_is_committed_with_the_callers_transaction() {
    callers.transaction(
        transaction -> {
          Journal<ParcelEvent> inside = journal.within(transaction);
          inside.append("a", ExpectedSeq.noStream(), moved(1));
          inside.append("a", ExpectedSeq.exactly(1), moved(2));

          assertThat(inside.read(EventQuery.stream("a"))).hasSize(2);
          assertThat(readStream("a")).as("not committed yet").isEmpty();
          assertThat(heard.now()).isEmpty();
        });

    assertThat(seqs(readStream("a"))).containsExactly(1L, 2L);
    assertThat(heard.all(journal)).extracting(Appended::lastSeq).containsExactly(1L, 2L);
  }

  /** Where one that has read can't write any more once another has written. */
  @Test
  void joining_reads_nothing() {
    callers.transaction(
        transaction -> {
          Journal<ParcelEvent> inside = journal.within(transaction);
          journal.append("b", ExpectedSeq.noStream(), moved(1));
          inside.append("a", ExpectedSeq.noStream(), moved(1));
        });

    assertThat(everything()).hasSize(2);
  }

  @Test
  void listeners_can_read_and_append_when_they_hear_of_it() {
    List<RecordedEvent<ParcelEvent>> seen = new CopyOnWriteArrayList<>();
    journal.onAppend(
        it -> {
          if (it.streamId().equals("a")) {
            seen.addAll(readStream("a"));
            journal.append("b", ExpectedSeq.noStream(), moved(1));
          }
        });

    callers.transaction(
        transaction -> journal.within(transaction).append("a", ExpectedSeq.any(), moved(1)));

    List<Appended> told = heard.atLeast(2);
    assertThat(seen).hasSize(1);
    assertThat(journal.highestSeq("b")).isEqualTo(1);
    assertThat(told).extracting(Appended::streamId).containsExactly("a", "b");
  }

  @Test
  void what_was_appended_is_rolled_back_with_the_callers_transaction() {
    assertThatThrownBy(
            () ->
                callers.transaction(
                    transaction -> {
                      journal.within(transaction).append("a", ExpectedSeq.any(), moved(1));
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessageContaining("rolled back");

    assertThat(everything()).isEmpty();
    assertThat(heard.all(journal)).isEmpty();
    assertThat(appendMoves("a", 1).get(0).seq()).isEqualTo(1);
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
          DSL.using(transaction)
              .transaction(
                  nested -> journal.within(nested).append("c", ExpectedSeq.any(), moved(1)));
        });

    assertThat(journal.streamIds("", "", 5)).containsExactly("a", "c");
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("a", "c");
  }

  @Test
  void a_nested_rollback_takes_back_appends_that_were_the_first_of_the_transaction() {
    callers.transaction(
        transaction -> {
          assertThatThrownBy(
                  () ->
                      DSL.using(transaction)
                          .transaction(
                              nested -> {
                                journal.within(nested).append("a", ExpectedSeq.any(), moved(1));
                                throw new IllegalStateException("only this part");
                              }))
              .hasMessageContaining("only this part");
          journal.within(transaction).append("b", ExpectedSeq.any(), moved(1));
        });

    assertThat(journal.streamIds("", "", 5)).containsExactly("b");
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("b");
  }

  @Test
  void a_conflict_that_is_caught_leaves_nothing_of_its_append_in_the_transaction() {
    callers.transaction(
        transaction -> {
          Journal<ParcelEvent> inside = journal.within(transaction);
          assertThatThrownBy(
                  () ->
                      inside.appendAll(
                          List.of(
                              Append.of("a", ExpectedSeq.any(), moved(1)),
                              Append.of("b", ExpectedSeq.streamExists(), moved(1)))))
              .isInstanceOf(ConflictException.class);
          inside.append("c", ExpectedSeq.any(), moved(1));
        });

    assertThat(journal.streamIds("", "", 5)).containsExactly("c");
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("c");
  }

  @Test
  void a_callers_connection_deletes_tags_too_if_it_looks_after_references_or_not() {
    NewEvent<ParcelEvent> event = NewEvent.of(moved(1)).tagged("t");
    journal.append(Append.of("a", ExpectedSeq.any(), List.of(event, event)));

    if (database.mayIgnoreReferences()) {
      callers.transaction(transaction -> assertThat(foreignKeys(transaction.dsl())).isZero());
    }
    callers.transaction(
        transaction -> assertThat(journal.within(transaction).delete("a", 1)).isEqualTo(1));
    assertThat(journal.read(EventQuery.all().taggedAllOf("t"))).hasSize(1);
    callers.transaction(
        transaction -> assertThat(journal.within(transaction).delete("a", 2)).isEqualTo(1));

    assertThat(journal.stats().tags()).isZero();
  }

  @Test
  void streams_inside_are_closed_with_their_statement() {
    appendMoves("a", 50);
    callers.transaction(
        transaction -> {
          Journal<ParcelEvent> inside = journal.within(transaction);
          try (Stream<RecordedEvent<ParcelEvent>> events = inside.stream(EventQuery.all());
              Stream<RecordedEvent<ParcelEvent>> early = inside.stream(EventQuery.all())) {
            assertThat(events).hasSize(50);
            assertThat(early.iterator().next().seq()).isEqualTo(1);
          }
          inside.append("a", ExpectedSeq.exactly(50), moved(51));
        });

    assertThat(journal.highestSeq("a")).isEqualTo(51);
  }

  @Test
  void a_library_may_say_once_more_that_nothing_is_to_be_committed_by_itself() {
    callers.transaction(
        transaction -> {
          Journal<ParcelEvent> inside = journal.within(transaction);
          inside.append("a", ExpectedSeq.any(), moved(1));
          transaction.dsl().connection(connection -> connection.setAutoCommit(false));
          inside.append("a", ExpectedSeq.exactly(1), moved(2));
        });

    assertThat(heard.all(journal)).hasSize(2);
  }

  @Test
  void somebody_elses_commit_between_a_read_and_a_write_is_told_and_leaves_nothing() {
    appendMoves("a", 1);

    assertThatThrownBy(
            () ->
                callers.transaction(
                    transaction -> {
                      Journal<ParcelEvent> inside = journal.within(transaction);
                      assertThat(inside.highestSeq("a")).isEqualTo(1);
                      appendMoves("a", 1);
                      inside.append("a", ExpectedSeq.exactly(1), moved(2));
                    }))
        .isInstanceOf(
            database.writesInParallel() ? ConflictException.class : DatabaseBusyException.class);

    assertThat(journal.highestSeq("a")).isEqualTo(2);
    assertThat(heard.all(journal)).hasSize(2);
  }

  @Test
  void a_transaction_that_has_ended_or_was_only_read_keeps_no_write_out() {
    callers.transaction(
        transaction -> {
          assertThat(journal.within(transaction).read(EventQuery.all())).isEmpty();
          appendMoves("a", 1);
        });
    callers.transaction(
        transaction -> journal.within(transaction).append("a", ExpectedSeq.any(), moved(2)));
    assertThatThrownBy(
            () ->
                callers.transaction(
                    transaction -> {
                      journal.within(transaction).append("a", ExpectedSeq.any(), moved(9));
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessageContaining("rolled back");

    assertThat(seqs(appendMoves("a", 1))).containsExactly(3L);
  }

  @Test
  void listeners_hear_of_the_commit_of_a_connection_that_never_commits_by_itself() {
    DSLContext manual =
        DSL.using(
            new DelegatingDataSource(database.callersDataSource()) {
              @Override
              protected Connection wrap(Connection connection) throws SQLException {
                connection.setAutoCommit(false);
                return connection;
              }
            },
            database.family());

    manual.transaction(
        transaction -> journal.within(transaction).append("a", ExpectedSeq.any(), moved(1)));
    assertThatThrownBy(
            () ->
                manual.transaction(
                    transaction -> {
                      journal.within(transaction).append("b", ExpectedSeq.any(), moved(1));
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessageContaining("rolled back");

    assertThat(journal.streamIds("", "", 5)).containsExactly("a");
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("a");
  }

  /** The data of a configuration are anybody's. */
  @Test
  void listeners_hear_of_the_commit_whatever_else_the_configuration_knows() throws SQLException {
    try (Connection connection = database.callersDataSource().getConnection()) {
      connection.setAutoCommit(false);
      DSLContext one = DSL.using(connection, database.family());
      one.configuration().data("audited", true);

      one.transaction(
          transaction -> journal.within(transaction).append("a", ExpectedSeq.any(), moved(1)));

      assertThat(heard.all(journal)).hasSize(1);
    }
  }

  @Test
  void a_transaction_on_one_connection_of_the_callers_can_be_joined() throws SQLException {
    try (Connection connection = database.callersDataSource().getConnection()) {
      DSLContext one = DSL.using(connection, database.family());
      for (int i = 1; i <= 3; i++) {
        int leg = i;
        one.transaction(
            transaction ->
                journal.within(transaction).append("a", ExpectedSeq.exactly(leg - 1), moved(leg)));
      }
      assertThat(connection.getAutoCommit()).isTrue();
    }

    assertThat(journal.highestSeq("a")).isEqualTo(3);
    assertThat(heard.all(journal)).hasSize(3);
  }

  private static int foreignKeys(DSLContext dsl) {
    return dsl.fetchValue("pragma foreign_keys") instanceof Number on ? on.intValue() : -1;
  }
}
