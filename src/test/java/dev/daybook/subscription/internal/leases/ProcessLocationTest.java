package dev.daybook.subscription.internal.leases;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What is known of a place on a system that says it all, as Linux does. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProcessLocationTest {

  private static final long NOBODY = Integer.MAX_VALUE;

  private final ProcessLocation here = ProcessLocation.here().orElseThrow();

  @Test
  void this_process_is_not_gone() {
    assertThat(ProcessLocation.isGone(here.text())).isFalse();
  }

  @Test
  void a_process_that_has_ended_is_gone_also_if_another_has_its_number() throws Exception {
    Process child = new ProcessBuilder("true").start();
    child.waitFor();
    assertThat(gone(here.boot(), here.namespace(), child.pid(), "1")).isTrue();
    assertThat(gone(here.boot(), here.namespace(), NOBODY, "1")).isTrue();
    assertThat(gone(here.boot(), here.namespace(), here.pid(), here.start() + "0")).isTrue();
  }

  @Test
  void nothing_is_known_of_other_machines_and_containers() {
    assertThat(gone("another", here.namespace(), NOBODY, "1")).isFalse();
    assertThat(gone(here.boot(), "another", NOBODY, "1")).isFalse();
  }

  @Test
  void nothing_is_known_by_a_text_that_says_nothing() {
    assertThat(ProcessLocation.isGone(null)).isFalse();
    assertThat(ProcessLocation.isGone("")).isFalse();
    assertThat(ProcessLocation.isGone("a b c")).isFalse();
    assertThat(ProcessLocation.isGone(here.text() + " more")).isFalse();
  }

  private static boolean gone(String boot, String namespace, long pid, String start) {
    return ProcessLocation.isGone(new ProcessLocation(boot, namespace, pid, start).text());
  }
}
