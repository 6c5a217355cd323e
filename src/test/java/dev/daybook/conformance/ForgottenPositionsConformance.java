package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.daybook.Daybook;
import dev.daybook.error.OpenException;
import dev.daybook.maintenance.Finding;
import dev.daybook.maintenance.Finding.Kind;
import dev.daybook.maintenance.FixedPositions;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/**
 * Events that came into the database without its count of positions: by logical replication, or a
 * copy of the tables alone.
 */
public abstract class ForgottenPositionsConformance extends JournalConformance {

  protected ForgottenPositionsConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void new_events_get_positions_behind_those_that_are_there() throws Exception {
    List<Long> before = positions(appendMoves("a", 5));
    plant("positions := 2");
    Daybook again = database.isShared() ? open(options -> {}) : daybook;
    if (database.writesInParallel()) {
      requireRefusedUntilFixed(again);
    }
    assertThat(again.maintenance().fixPositions()).isEqualTo(new FixedPositions(5, 5));
    assertThat(again.maintenance().verify().isHealthy()).isTrue();
    journal = again.journal(ParcelEvent.class);
    assertThat(positions(everything())).isEqualTo(before);
    List<Long> followed = new CopyOnWriteArrayList<>();
    try (Subscription following =
        again
            .subscriptions()
            .start(
                Subscriber.of(
                    "follower",
                    journal,
                    AtLeastOnce.each(event -> followed.add(event.position()))))) {
      assertThat(positions(appendMoves("a", 1))).containsExactly(6L);
      Await.position(following, 6);
    }
    assertThat(followed).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  /** Where positions are counted apart from the events. One writer looks at the events, too. */
  private static void requireRefusedUntilFixed(Daybook again) {
    assertThatThrownBy(() -> again.rawJournal().latestPosition())
        .isInstanceOfSatisfying(
            OpenException.class,
            e -> assertThat(e.reason()).isEqualTo(OpenException.Reason.POSITIONS))
        .hasMessageContaining("an event is at position 5")
        .hasMessageContaining("none given beyond 2")
        .hasMessageContaining("daybook doctor --fix positions");
    assertThat(again.maintenance().verify().findings())
        .extracting(Finding::kind)
        .containsExactly(Kind.POSITIONS_REUSABLE);
    FixedPositions fixed = again.maintenance().fixPositions();
    assertThat(fixed).isEqualTo(new FixedPositions(2, 5));
    assertThat(fixed.changed()).isTrue();
  }

  /** The newest events may have been deleted, and somebody may have followed them before. */
  @Test
  void positions_of_deleted_events_that_were_followed_are_not_given_again() throws Exception {
    appendMoves("a", 2);
    appendMoves("b", 3);
    try (Subscription following =
        daybook
            .subscriptions()
            .start(Subscriber.of("follower", journal, AtLeastOnce.each(event -> {})))) {
      Await.position(following, 5);
    }
    journal.delete("b", 3);
    plant("positions := 1");

    long known = database.writesInParallel() ? 1 : 2;
    assertThat(daybook.maintenance().fixPositions()).isEqualTo(new FixedPositions(known, 5));
    assertThat(positions(appendMoves("a", 1))).containsExactly(6L);
  }

  @Test
  void nothing_is_changed_where_nothing_was_forgotten() {
    assertThat(everything()).isEmpty();
    assertThat(daybook.maintenance().fixPositions()).isEqualTo(new FixedPositions(0, 0));
    appendMoves("a", 2);
    journal.delete("a", 2);

    assertThat(daybook.maintenance().fixPositions()).isEqualTo(new FixedPositions(2, 2));
    assertThat(positions(appendMoves("a", 1))).containsExactly(3L);
  }

  @Test
  void a_position_that_was_given_twice_is_found_unless_the_database_refuses_it() {
    appendMoves("a", 3);
    String doubled = "update events set global_position = 1 where stream_id = 'a' and seq = 3";
    if (database.writesInParallel()) {
      plant(doubled);
      assertThat(daybook.maintenance().verify().findings())
          .extracting(Finding::kind, Finding::id)
          .contains(tuple(Kind.POSITION_TWICE, "a"));
    } else {
      assertThatThrownBy(() -> plant(doubled)).isInstanceOf(DataAccessException.class);
      assertThat(daybook.maintenance().verify().isHealthy()).isTrue();
    }
  }

  private void plant(String damage) {
    String words = Planting.of(database.family()).words(damage);
    if (database.isShared()) {
      DSL.using(database.callersDataSource(), database.family()).execute(words);
    } else {
      daybook.transaction(tx -> DSL.using(tx).execute(words));
    }
  }
}
