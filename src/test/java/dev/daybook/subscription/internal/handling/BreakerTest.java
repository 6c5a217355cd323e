package dev.daybook.subscription.internal.handling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BreakerTest {

  @Test
  void as_many_different_events_are_admitted_as_the_limit_says() {
    Breaker breaker = new Breaker(2);
    assertThat(breaker.admits(1)).isTrue();
    assertThat(breaker.admits(1)).isTrue();
    assertThat(breaker.isReached()).isFalse();
    assertThat(breaker.admits(2)).isTrue();
    assertThat(breaker.isReached()).isTrue();
    assertThat(breaker.admits(3)).isFalse();
    assertThat(breaker.admits(2)).isTrue();
  }

  @Test
  void a_success_begins_the_count_anew() {
    Breaker breaker = new Breaker(1);
    assertThat(breaker.admits(1)).isTrue();
    breaker.succeeded();
    assertThat(breaker.isReached()).isFalse();
    assertThat(breaker.admits(2)).isTrue();
    assertThat(breaker.admits(3)).isFalse();
  }

  @Test
  void without_a_limit_any_number_is_admitted() {
    Breaker breaker = new Breaker(0);
    for (long position = 1; position <= 100; position++) {
      assertThat(breaker.admits(position)).isTrue();
    }
    assertThat(breaker.isReached()).isFalse();
  }

  @Test
  void the_first_failure_since_a_success_is_known() {
    Breaker breaker = new Breaker(0);
    assertThat(breaker.isFailing()).isFalse();
    assertThat(breaker.failed()).isTrue();
    assertThat(breaker.failed()).isFalse();
    assertThat(breaker.isFailing()).isTrue();
    breaker.succeeded();
    assertThat(breaker.failed()).isTrue();
  }
}
