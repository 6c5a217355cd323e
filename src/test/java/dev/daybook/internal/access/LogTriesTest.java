package dev.daybook.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** When a log is tried to be made short. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogTriesTest {

  private static final int LIMIT = 1_000;

  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong now = new AtomicLong();
  private final LogTries tries = new LogTries(LIMIT, bytes::get, now::get);

  @Test
  void a_short_log_is_left_alone() {
    bytes.set(LIMIT);

    assertThat(tries.isDue()).isFalse();
  }

  @Test
  void a_long_one_is_made_short_by_one_at_a_time_and_again_when_it_has_grown_again() {
    bytes.set(LIMIT + 1);

    assertThat(tries.isDue()).isTrue();
    assertThat(tries.isDue()).isFalse();
    assertThat(tries.isDue()).isFalse();
    bytes.set(0);
    tries.ended(Optional.of(true));
    assertThat(tries.isDue()).isFalse();
    bytes.set(LIMIT + 1);
    passMoment();
    assertThat(tries.isDue()).isTrue();
  }

  @Test
  void the_file_is_not_looked_at_all_the_time() {
    assertThat(tries.isDue()).isFalse();
    bytes.set(LIMIT + 1);

    assertThat(tries.isDue()).isFalse();
    passMoment();
    assertThat(tries.isDue()).isTrue();
  }

  @Test
  void whoever_gives_way_to_a_writer_has_not_tried() {
    bytes.set(LIMIT + 1);
    assertThat(tries.isDue()).isTrue();
    tries.ended(Optional.empty());

    assertThat(tries.isDue()).isTrue();
  }

  @Test
  void one_that_stays_long_is_tried_again_after_growing_pauses_and_not_for_ever() {
    bytes.set(LIMIT + 1);
    assertThat(tries.isDue()).isTrue();
    tries.ended(Optional.of(false));
    assertThat(tries.isDue()).isFalse();

    int retries = 0;
    long lastRetry = 0;
    for (int second = 1; second <= TimeUnit.DAYS.toSeconds(1); second++) {
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
      if (tries.isDue()) {
        tries.ended(Optional.of(false));
        retries++;
        lastRetry = second;
      }
    }

    assertThat(retries).isEqualTo(9);
    assertThat(lastRetry).isEqualTo(511);
  }

  @Test
  void one_that_grows_on_is_tried_each_time_that_it_has_grown_by_the_limit() {
    int due = 0;
    for (int length = 0; length <= 10 * LIMIT; length += LIMIT / 10) {
      bytes.set(length);
      passMoment();
      if (tries.isDue()) {
        tries.ended(Optional.of(false));
        due++;
      }
    }

    assertThat(due).isEqualTo(9);
  }

  private void passMoment() {
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
  }
}
