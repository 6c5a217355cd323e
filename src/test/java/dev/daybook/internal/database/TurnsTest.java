package dev.daybook.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.Await;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How many have a turn at a time, and what becomes of one that is kept too long. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TurnsTest {

  private static final Duration FOREVER = Duration.ofHours(1);

  @Test
  void a_turn_that_ends_is_free_for_who_waits() throws InterruptedException {
    Turns turns = new Turns(2, FOREVER);
    Turns.Turn first = turns.take();
    Turns.Turn second = turns.take();
    Thread third = new Thread(() -> turns.end(turns.take()));
    third.start();
    Await.until(() -> third.getState() == Thread.State.TIMED_WAITING);

    turns.end(first);
    third.join();
    assertThat(turns.free()).isEqualTo(1);
    turns.end(second);
    assertThat(turns.free()).isEqualTo(2);
  }

  @Test
  void a_turn_that_is_kept_too_long_is_taken_over_and_is_free_when_its_new_owner_ends_it() {
    Turns turns = new Turns(2, Duration.ZERO);
    Turns.Turn first = turns.take();
    Turns.Turn second = turns.take();

    Turns.Turn insteadOfFirst = turns.take();
    turns.end(first);
    assertThat(turns.free()).isZero();
    turns.end(insteadOfFirst);
    assertThat(turns.free()).isEqualTo(1);
    turns.end(second);
    assertThat(turns.free()).isEqualTo(2);
  }

  @Test
  void the_longest_kept_one_is_taken_over_first() {
    Turns turns = new Turns(2, Duration.ZERO);
    turns.take();
    Turns.Turn second = turns.take();

    turns.take();
    turns.end(second);

    assertThat(turns.free()).isEqualTo(1);
  }
}
