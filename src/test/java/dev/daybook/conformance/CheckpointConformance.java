package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.checkpoint.Checkpoint;
import dev.daybook.checkpoint.CheckpointRewindException;
import dev.daybook.checkpoint.CheckpointStore;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.ExpectedSeq;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jooq.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checkpoints: never backwards by accident, and together with the projection if asked for. */
public abstract class CheckpointConformance extends JournalConformance {

  private CheckpointStore checkpoints;

  protected CheckpointConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @BeforeEach
  void takeCheckpoints() {
    checkpoints = daybook.checkpoints();
  }

  @Test
  void a_consumer_that_never_saved_has_no_checkpoint() {
    assertThat(checkpoints.load("c")).isEmpty();
    assertThat(checkpoints.list()).isEmpty();
    assertThat(checkpoints.delete("c")).isFalse();
  }

  @Test
  void saving_moves_forward_and_keeps_the_time() {
    Instant now = Instant.parse("2026-03-01T12:00:00.123Z");
    openWith(it -> it.clock(Clock.fixed(now, ZoneOffset.UTC)));
    checkpoints = daybook.checkpoints();

    checkpoints.save("c", 0);
    checkpoints.save("c", 7);
    checkpoints.save("c", 7);

    assertThat(checkpoints.load("c")).contains(new Checkpoint("c", 7, now));
  }

  @Test
  void saving_backwards_is_refused_and_says_where_it_is() {
    checkpoints.save("c", 7);

    CheckpointRewindException refused =
        catchThrowableOfType(CheckpointRewindException.class, () -> checkpoints.save("c", 6));

    assertThat(refused.consumer()).isEqualTo("c");
    assertThat(refused.current()).isEqualTo(7);
    assertThat(refused.asked()).isEqualTo(6);
    assertThat(position("c")).isEqualTo(7);
  }

  @Test
  void reset_moves_anywhere() {
    checkpoints.save("c", 7);
    checkpoints.reset("c", 2);
    checkpoints.reset("d", 3);

    assertThat(position("c")).isEqualTo(2);
    assertThat(position("d")).isEqualTo(3);
  }

  @Test
  void list_is_in_the_order_of_names_and_delete_forgets_one() {
    for (String consumer : List.of("b", "a", "C")) {
      checkpoints.save(consumer, 1);
    }
    assertThat(checkpoints.list()).extracting(Checkpoint::consumer).containsExactly("C", "a", "b");

    assertThat(checkpoints.delete("a")).isTrue();

    assertThat(checkpoints.list()).extracting(Checkpoint::consumer).containsExactly("C", "b");
  }

  @Test
  void a_checkpoint_and_a_projection_are_committed_together_or_not_at_all() {
    daybook.transaction(
        tx -> {
          journal.within(tx).append("projection", ExpectedSeq.any(), ParcelEvent.moved(1));
          daybook.within(tx).checkpoints().save("c", 1);
        });
    assertThatThrownBy(
            () ->
                daybook.transaction(
                    tx -> {
                      appendInside(tx);
                      daybook.within(tx).checkpoints().save("c", 2);
                      throw new IllegalStateException("the projection failed");
                    }))
        .hasMessage("the projection failed");

    assertThat(position("c")).isEqualTo(1);
    assertThat(journal.highestSeq("projection")).isEqualTo(1);
  }

  @Test
  void of_saves_that_race_the_highest_stays() {
    List<Outcome<Boolean>> outcomes =
        ConcurrentRendezvous.collide(
            16,
            n ->
                () -> {
                  checkpoints.save("c", n + 1L);
                  return true;
                });

    assertThat(position("c")).isEqualTo(16);
    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.succeeded())
        .allSatisfy(
            outcome -> assertThat(outcome.failure()).isInstanceOf(CheckpointRewindException.class));
  }

  @Test
  void bad_input_is_refused() {
    assertThatThrownBy(() -> checkpoints.save("", 1)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> checkpoints.save("c", -1)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> checkpoints.reset("c", -1)).isInstanceOf(InvalidInputException.class);

    assertThat(checkpoints.list()).isEmpty();
  }

  private void appendInside(Configuration tx) {
    journal.within(tx).append("projection", ExpectedSeq.any(), ParcelEvent.moved(2));
  }

  private long position(String consumer) {
    return checkpoints.load(consumer).orElseThrow().position();
  }
}
