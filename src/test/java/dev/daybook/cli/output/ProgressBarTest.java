package dev.daybook.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.maintenance.Progress.Step;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProgressBarTest {

  @Test
  void lines_are_shown_with_their_bytes_the_rate_and_the_time_that_is_left() {
    assertThat(ProgressBar.rate(12_000, 5_000_000, 95_000_000, 1e6))
        .isEqualTo("12,000 lines, 5.0 MB, 1.0 MB a second, 1:30 left");
    assertThat(ProgressBar.rate(1, 200_000, 0, 1e5)).isEqualTo("1 line, 0.2 MB, 0.1 MB a second");
    assertThat(ProgressBar.rate(0, 0, 10, 0)).isEqualTo("0 lines, 0.0 MB, 0.0 MB a second");
  }

  @Test
  void a_step_whose_end_is_unknown_says_what_is_done() {
    assertThat(ProgressBar.text(Step.PAGES, 0, 0)).isEqualTo("pages …");
    assertThat(ProgressBar.text(Step.PAGES, 1, 0)).isEqualTo("pages …");
    assertThat(ProgressBar.text(Step.EVENTS, 12_345, 0)).isEqualTo("events … 12,345");
    assertThat(ProgressBar.text(Step.EVENTS, 1, 2)).isEqualTo("events");
  }
}
