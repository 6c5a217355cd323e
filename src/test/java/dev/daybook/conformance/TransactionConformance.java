package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.error.ClosedException;
import dev.daybook.error.DatabaseException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.Appended;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.JournalStats;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Configuration;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** The journal inside the Daybook's own transactions. */
public abstract class TransactionConformance extends JournalConformance {

  private final Heard heard = new Heard();

  protected TransactionConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void what_was_appended_is_committed_with_the_transaction() {
    List<RecordedEvent<ParcelEvent>> recorded =
        daybook.transactionResult(
            transaction -> {
              Journal<ParcelEvent> inside = journal.within(transaction);
              List<RecordedEvent<ParcelEvent>> events = new ArrayList<>();
              events.add(inside.append("a", ExpectedSeq.noStream(), moved(1)));
              events.add(inside.append("a", ExpectedSeq.exactly(1), moved(2)));
              return events;
            });

    assertThat(readStream("a")).isEqualTo(recorded);
    assertThat(seqs(recorded)).containsExactly(1L, 2L);
  }

  @Test
  void the_transaction_reads_what_it_has_written() {
    appendMoves("a", 1);
    daybook.transaction(
        transaction -> {
          Journal<ParcelEvent> inside = journal.within(transaction);
          NewEvent<ParcelEvent> tagged = NewEvent.of(moved(2)).tagged("t");
          long position =
              inside
                  .append(Append.of("a", ExpectedSeq.exactly(1), List.of(tagged)))
                  .get(0)
                  .position();

          assertThat(inside.read(EventQuery.stream("a"))).hasSize(2);
          assertThat(inside.read(EventQuery.all().taggedAllOf("t"))).hasSize(1);
          assertThat(inside.highestSeq("a")).isEqualTo(2);
          assertThat(inside.latestPosition()).isEqualTo(position);
          assertThat(inside.streamIds("a", "", 5)).containsExactly("a");
          assertThat(inside.stats().events()).isEqualTo(2);
          assertThat(inside.delete("a", 1)).isEqualTo(1);
          inside.raiseHighWaterMark("b", 4);
          assertThat(inside.highestSeq("b")).isEqualTo(4);
          try (Stream<RecordedEvent<ParcelEvent>> events = inside.stream(EventQuery.all());
              Stream<String> ids = inside.streamIds("")) {
            assertThat(events).hasSize(1);
            assertThat(ids).containsExactly("a", "b");
          }
          assertThat(inside.raw().read(EventQuery.all())).hasSize(1);
        });

    assertThat(readStream("a")).hasSize(1);
    assertThat(journal.highestSeq("b")).isEqualTo(4);
  }

  @Test
  void a_transaction_that_throws_leaves_nothing_and_its_exception_is_thrown_on() {
    appendMoves("a", 2);
    JournalStats before = journal.stats();
    Exception own = new Exception("the caller's own");

    assertThatThrownBy(
            () ->
                daybook.<Exception>transaction(
                    transaction -> {
                      Journal<ParcelEvent> inside = journal.within(transaction);
                      inside.append("a", ExpectedSeq.any(), moved(3));
                      inside.append("new", ExpectedSeq.any(), moved(1));
                      inside.delete("a", 1);
                      throw own;
                    }))
        .isSameAs(own);

    assertThat(journal.stats()).isEqualTo(before);
    assertThat(journal.highestSeq("a")).isEqualTo(2);
    assertThat(appendMoves("a", 1).get(0).seq()).isEqualTo(3);
  }

  /** Its connection would go on seeing the state that it reads, and could not write any more. */
  @Test
  @SuppressWarnings("MustBeClosedChecker") // That is what this is about.
  void a_stream_that_is_left_open_in_a_transaction_ends_with_it() {
    appendMoves("a", 3);
    Iterator<RecordedEvent<ParcelEvent>> left =
        daybook.transactionResult(
            transaction -> {
              var events = journal.within(transaction).stream(EventQuery.all()).iterator();
              events.next();
              return events;
            });
    if (database.isShared()) {
      open(options -> {}).journal(ParcelEvent.class).append("a", ExpectedSeq.exactly(3), moved(4));
    }

    assertThat(appendMoves("b", 1)).hasSize(1);
    assertThatThrownBy(
            () -> {
              while (left.hasNext()) {
                left.next();
              }
            })
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("transaction");
  }

  @Test
  void a_nested_transaction_rolls_back_alone() {
    journal.onAppend(heard);
    daybook.transaction(
        transaction -> {
          journal.within(transaction).append("a", ExpectedSeq.any(), moved(1));
          assertThatThrownBy(
                  () ->
                      DSL.using(transaction)
                          .transaction(
                              nested -> {
                                journal.within(nested).append("a", ExpectedSeq.any(), moved(2));
                                journal.within(nested).append("b", ExpectedSeq.any(), moved(1));
                                throw new IllegalStateException("only this part");
                              }))
              .hasMessageContaining("only this part");
          DSL.using(transaction)
              .transaction(
                  nested -> journal.within(nested).append("c", ExpectedSeq.any(), moved(1)));
          journal.within(transaction).append("a", ExpectedSeq.exactly(1), moved(3));
        });

    assertThat(readStream("a")).extracting(RecordedEvent::data).containsExactly(moved(1), moved(3));
    assertThat(journal.streamIds("", "", 5)).containsExactly("a", "c");
    List<Appended> told = heard.all(journal);
    assertThat(told).extracting(Appended::streamId).containsExactly("a", "c", "a");
    assertThat(told).extracting(Appended::lastSeq).containsExactly(1L, 1L, 2L);
  }

  @Test
  void a_nested_rollback_takes_back_what_was_committed_inside_it() {
    journal.onAppend(heard);
    daybook.transaction(
        transaction ->
            assertThatThrownBy(
                    () ->
                        DSL.using(transaction)
                            .transaction(
                                outer -> {
                                  DSL.using(outer)
                                      .transaction(
                                          inner ->
                                              journal
                                                  .within(inner)
                                                  .append("a", ExpectedSeq.any(), moved(1)));
                                  throw new IllegalStateException("all of it");
                                }))
                .hasMessageContaining("all of it"));

    assertThat(everything()).isEmpty();
    assertThat(heard.all(journal)).isEmpty();
  }

  @Test
  void a_conflict_that_is_caught_leaves_nothing_of_its_append_in_the_transaction() {
    appendMoves("a", 1);
    journal.onAppend(heard);
    daybook.transaction(
        transaction -> {
          Journal<ParcelEvent> inside = journal.within(transaction);
          inside.append("b", ExpectedSeq.noStream(), moved(1));
          ConflictException conflict =
              catchThrowableOfType(
                  ConflictException.class,
                  () ->
                      inside.appendAll(
                          List.of(
                              Append.of("c", ExpectedSeq.noStream(), moved(1)),
                              Append.of("a", ExpectedSeq.noStream(), moved(1)))));
          assertThat(conflict.actual()).isEqualTo(1);
          inside.append("a", ExpectedSeq.exactly(1), moved(2));
        });

    assertThat(journal.streamIds("", "", 5)).containsExactly("a", "b");
    assertThat(journal.highestSeq("a")).isEqualTo(2);
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("b", "a");
  }

  @Test
  void listeners_hear_of_it_after_the_commit_and_not_before() {
    List<RecordedEvent<ParcelEvent>> seen = new CopyOnWriteArrayList<>();
    journal.onAppend(
        appended -> {
          seen.addAll(readStream(appended.streamId()));
          heard.appended(appended);
        });

    daybook.transaction(
        transaction -> {
          journal.within(transaction).append("a", ExpectedSeq.any(), moved(1));
          journal.within(transaction).append("b", ExpectedSeq.any(), moved(1));
          assertThat(heard.now()).isEmpty();
        });

    assertThat(heard.atLeast(2)).extracting(Appended::streamId).containsExactly("a", "b");
    assertThat(seen).extracting(RecordedEvent::streamId).containsExactly("a", "b");
  }

  @Test
  void listeners_never_hear_of_what_was_rolled_back() {
    journal.onAppend(heard);

    assertThatThrownBy(
            () ->
                daybook.transaction(
                    transaction -> {
                      journal.within(transaction).append("a", ExpectedSeq.any(), moved(1));
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    appendMoves("b", 1);

    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("b");
  }

  @Test
  void a_listener_registered_inside_hears_of_the_commit() {
    daybook.transaction(
        transaction -> {
          journal.within(transaction).onAppend(heard);
          journal.within(transaction).append("a", ExpectedSeq.any(), moved(1));
        });

    assertThat(heard.all(journal)).hasSize(1);
  }

  @Test
  void a_key_seen_in_the_same_transaction_writes_once() {
    Append<ParcelEvent> append =
        Append.of("a", ExpectedSeq.noStream(), moved(1)).withIdempotencyKey("key");
    daybook.transaction(
        transaction ->
            assertThat(journal.within(transaction).append(append))
                .isEqualTo(journal.within(transaction).append(append)));

    assertThat(readStream("a")).hasSize(1);
  }

  @Test
  void all_repositories_of_the_daybook_can_be_bound_at_once() {
    daybook.transaction(
        transaction -> {
          daybook.within(transaction).journal(ParcelEvent.class).append("a", any(), moved(1));
          daybook
              .within(transaction)
              .rawJournal()
              .append("b", any(), EncodedEvent.json("Delivered", "{}"));
        });

    assertThat(everything()).hasSize(2);
  }

  @Test
  void a_journal_bound_to_a_transaction_is_of_no_use_after_it() {
    Journal<ParcelEvent> late =
        daybook.transactionResult(
            transaction -> {
              Journal<ParcelEvent> inside = journal.within(transaction);
              inside.append("a", any(), moved(1));
              return inside;
            });

    assertThatThrownBy(() -> late.append("a", any(), moved(2))).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> late.read(EventQuery.all())).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> late.highestSeq("a")).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> late.delete("a", 1)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> late.streamIds("", "", 1)).isInstanceOf(ClosedException.class);
    assertThat(journal.highestSeq("a")).isEqualTo(1);
  }

  /** What ran after that would be committed by itself, piece by piece. */
  @Test
  void a_transaction_that_the_database_gave_up_takes_nothing_more_and_leaves_nothing() {
    Orders orders = new Orders(database.family());
    daybook.transaction(orders::create);
    journal.onAppend(heard);
    List<Throwable> refused = new ArrayList<>();

    assertThatThrownBy(
            () ->
                daybook.transaction(
                    transaction -> {
                      Journal<ParcelEvent> inside = journal.within(transaction);
                      inside.append("a", any(), moved(1));
                      refused.add(catchThrowable(() -> orders.giveUp(transaction)));
                      refused.add(catchThrowable(() -> inside.append("b", any(), moved(1))));
                      refused.add(catchThrowable(() -> orders.insert(transaction, 2)));
                      refused.add(
                          catchThrowable(
                              () ->
                                  DSL.using(transaction)
                                      .transaction(nested -> orders.insert(nested, 3))));
                      refused.add(catchThrowable(() -> inside.read(EventQuery.all())));
                    }))
        .isInstanceOf(DatabaseException.class);

    assertThat(refused).hasSize(5).doesNotContainNull();
    assertThat(refused.get(1)).isInstanceOf(DatabaseException.class);
    assertThat(everything()).isEmpty();
    assertThat(heard.all(journal)).isEmpty();
    assertThat(daybook.transactionResult(orders::all)).containsExactly(1L);
    assertThat(appendMoves("a", 1).get(0).seq()).isEqualTo(1);
  }

  /** Its connection may be in somebody else's transaction by then. */
  @Test
  void a_configuration_is_of_no_use_after_its_transaction() {
    Orders orders = new Orders(database.family());
    Configuration late =
        daybook.transactionResult(
            transaction -> {
              orders.create(transaction);
              return transaction;
            });

    assertThatThrownBy(() -> orders.insert(late, 2)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> DSL.using(late).transaction(nested -> orders.insert(nested, 2)))
        .hasStackTraceContaining("the transaction that this was bound to has ended");
    assertThat(daybook.transactionResult(orders::all)).containsExactly(1L);
  }

  @Test
  void a_configuration_outside_a_transaction_is_refused() {
    Configuration plain =
        DSL.using(database.callersDataSource(), database.family()).configuration();

    assertThatThrownBy(() -> journal.within(plain)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> daybook.within(plain)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void the_daybooks_own_journal_can_not_write_inside() {
    daybook.transaction(
        transaction -> {
          journal.within(transaction).append("a", any(), moved(1));
          assertThatThrownBy(() -> journal.append("b", any(), moved(1)))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("within(");
          assertThatThrownBy(() -> journal.delete("a", 1))
              .isInstanceOf(IllegalStateException.class);
          assertThatThrownBy(() -> daybook.transaction(inner -> {}))
              .isInstanceOf(IllegalStateException.class);
        });

    assertThat(everything()).hasSize(1);
  }

  @Test
  void
      the_daybooks_own_journal_reads_the_state_before_or_is_refused_where_there_is_one_connection() {
    appendMoves("a", 1);
    daybook.transaction(
        transaction -> {
          journal.within(transaction).append("a", any(), moved(2));
          if (database.isShared()) {
            assertThat(readStream("a")).hasSize(1);
            assertThat(journal.highestSeq("a")).isEqualTo(1);
          } else {
            assertThatThrownBy(() -> readStream("a")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> journal.highestSeq("a"))
                .isInstanceOf(IllegalStateException.class);
          }
        });

    assertThat(readStream("a")).hasSize(2);
  }

  @Test
  void the_daybook_can_not_be_closed_inside_and_stays_usable() {
    daybook.transaction(
        transaction -> {
          assertThatThrownBy(daybook::close).isInstanceOf(IllegalStateException.class);
          journal.within(transaction).append("a", any(), moved(1));
        });

    assertThat(readStream("a")).hasSize(1);
    assertThat(appendMoves("a", 1).get(0).seq()).isEqualTo(2);
  }

  @Test
  void an_applications_own_rows_are_committed_with_the_events() {
    Orders orders = new Orders(database.family());
    daybook.transaction(orders::create);

    daybook.transaction(
        transaction -> {
          orders.insert(transaction, 2);
          journal.within(transaction).append("a", any(), moved(1));
        });
    assertThatThrownBy(
            () ->
                daybook.transaction(
                    transaction -> {
                      orders.insert(transaction, 3);
                      journal.within(transaction).append("a", ExpectedSeq.noStream(), moved(1));
                    }))
        .isInstanceOf(ConflictException.class);

    assertThat(daybook.transactionResult(orders::all)).containsExactly(1L, 2L);
    assertThat(journal.highestSeq("a")).isEqualTo(1);
  }

  @Test
  void a_callers_own_connection_can_be_joined_where_it_sees_the_same_database() {
    var dsl = DSL.using(database.callersDataSource(), database.family());
    appendMoves("a", 1);

    if (database.isShared()) {
      dsl.transaction(
          transaction -> journal.within(transaction).append("a", ExpectedSeq.exactly(1), moved(2)));
      assertThat(readStream("a")).hasSize(2);
    } else {
      assertThatThrownBy(
              () ->
                  dsl.transaction(
                      transaction -> journal.within(transaction).append("a", any(), moved(2))))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("another database in memory");
      assertThat(readStream("a")).hasSize(1);
    }
  }

  private static ExpectedSeq any() {
    return ExpectedSeq.any();
  }
}
