package dev.daybook.internal.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.Await;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Who has the permit, and what becomes of one that is kept too long. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExpiringPermitsTest {

  @Test
  void a_permit_that_ends_is_free_for_who_waits() throws InterruptedException {
    ExpiringPermits permits = new ExpiringPermits(Duration.ofHours(1));
    ExpiringPermits.Permit first = permits.take();
    Thread second = new Thread(() -> permits.end(permits.take()));
    second.start();
    Await.until(() -> second.getState() == Thread.State.TIMED_WAITING);
    assertThat(permits.isFree()).isFalse();

    permits.end(first);
    second.join();

    assertThat(permits.isFree()).isTrue();
  }

  @Test
  void a_permit_that_is_kept_too_long_is_taken_over_and_is_free_when_its_new_owner_ends_it() {
    ExpiringPermits permits = new ExpiringPermits(Duration.ZERO);
    ExpiringPermits.Permit first = permits.take();

    ExpiringPermits.Permit insteadOfFirst = permits.take();
    permits.end(first);
    assertThat(permits.isFree()).isFalse();
    permits.end(insteadOfFirst);

    assertThat(permits.isFree()).isTrue();
  }

  @Test
  void who_has_lost_his_permit_ends_nobody_else_s() {
    ExpiringPermits permits = new ExpiringPermits(Duration.ZERO);
    ExpiringPermits.Permit first = permits.take();
    ExpiringPermits.Permit second = permits.take();
    ExpiringPermits.Permit third = permits.take();

    permits.end(first);
    permits.end(second);
    assertThat(permits.isFree()).isFalse();
    permits.end(third);
    permits.end(third);

    assertThat(permits.isFree()).isTrue();
  }
}
