package dev.daybook.subscription.internal.leases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.subscription.internal.leases.Vigil.Verdict;
import dev.daybook.subscription.internal.store.LeaseHolder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VigilTest {

  private static final long OWN = Duration.ofSeconds(9).toNanos();
  private static final long THEIRS = Duration.ofSeconds(30).toNanos();

  private final Vigil vigil = new Vigil("self", Duration.ofNanos(OWN));

  private static LeaseHolder holder(@Nullable String owner, long fence, long asked) {
    return new LeaseHolder("n", fence, owner, null, Duration.ofNanos(THEIRS), asked, 0, false);
  }

  @Test
  void what_nobody_has_or_oneself_is_taken() {
    assertThat(vigil.look(holder(null, 1, 0), 0)).isEqualTo(Verdict.TAKE);
    assertThat(vigil.look(holder("self", 1, 0), 0)).isEqualTo(Verdict.TAKE);
  }

  @Test
  void a_holder_who_is_gone_is_not_waited_for() {
    ProcessLocation here = ProcessLocation.here().orElseThrow();
    String gone = new ProcessLocation(here.boot(), here.namespace(), here.pid(), "0").text();
    LeaseHolder holder =
        new LeaseHolder("n", 1, "other", gone, Duration.ofNanos(THEIRS), 0, 0, false);
    assertThat(vigil.look(holder, 0)).isEqualTo(Verdict.TAKE);
  }

  @Test
  void a_holder_who_is_asked_and_does_not_answer_is_taken_for_gone_after_his_own_lease() {
    assertThat(vigil.look(holder("other", 1, 0), 5)).isEqualTo(Verdict.ASK);
    vigil.asked(77);
    assertThat(vigil.look(holder("other", 1, 77), 5 + THEIRS - 1)).isEqualTo(Verdict.WAIT);
    assertThat(vigil.look(holder("other", 1, 77), 5 + THEIRS)).isEqualTo(Verdict.TAKE);
  }

  @Test
  void an_answer_begins_the_wait_anew_and_a_third_of_it_later_he_is_asked_again() {
    assertThat(vigil.look(holder("other", 1, 0), 0)).isEqualTo(Verdict.ASK);
    vigil.asked(77);
    assertThat(vigil.look(holder("other", 1, 0), 100)).isEqualTo(Verdict.WAIT);
    assertThat(vigil.look(holder("other", 1, 0), 99 + THEIRS / 3)).isEqualTo(Verdict.WAIT);
    assertThat(vigil.look(holder("other", 1, 0), 100 + THEIRS / 3)).isEqualTo(Verdict.ASK);
  }

  @Test
  void another_holder_has_a_wait_of_his_own() {
    assertThat(vigil.look(holder("other", 1, 77), 0)).isEqualTo(Verdict.WAIT);
    assertThat(vigil.look(holder("third", 2, 77), THEIRS)).isEqualTo(Verdict.WAIT);
    assertThat(vigil.look(holder("third", 2, 77), 2 * THEIRS)).isEqualTo(Verdict.TAKE);
  }

  @Test
  void a_holder_who_does_not_say_how_long_is_waited_for_as_long_as_ones_own_lease() {
    LeaseHolder silent = new LeaseHolder("n", 1, "other", null, Duration.ZERO, 77, 0, false);
    assertThat(vigil.look(silent, 0)).isEqualTo(Verdict.WAIT);
    assertThat(vigil.look(silent, OWN)).isEqualTo(Verdict.TAKE);
  }
}
