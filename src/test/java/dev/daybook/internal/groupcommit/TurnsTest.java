package dev.daybook.internal.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.Await;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Who has the turn, and what becomes of one that is kept too long. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TurnsTest {

  @Test
  void a_turn_that_ends_is_free_for_who_waits() throws InterruptedException {
    Turns turns = new Turns(Duration.ofHours(1));
    Turns.Turn first = turns.take();
    Thread second = new Thread(() -> turns.end(turns.take()));
    second.start();
    Await.until(() -> second.getState() == Thread.State.TIMED_WAITING);
    assertThat(turns.isFree()).isFalse();

    turns.end(first);
    second.join();

    assertThat(turns.isFree()).isTrue();
  }

  @Test
  void a_turn_that_is_kept_too_long_is_taken_over_and_is_free_when_its_new_owner_ends_it() {
    Turns turns = new Turns(Duration.ZERO);
    Turns.Turn first = turns.take();

    Turns.Turn insteadOfFirst = turns.take();
    turns.end(first);
    assertThat(turns.isFree()).isFalse();
    turns.end(insteadOfFirst);

    assertThat(turns.isFree()).isTrue();
  }

  @Test
  void who_has_lost_his_turn_ends_nobody_else_s() {
    Turns turns = new Turns(Duration.ZERO);
    Turns.Turn first = turns.take();
    Turns.Turn second = turns.take();
    Turns.Turn third = turns.take();

    turns.end(first);
    turns.end(second);
    assertThat(turns.isFree()).isFalse();
    turns.end(third);
    turns.end(third);

    assertThat(turns.isFree()).isTrue();
  }
}
