package dev.daybook.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OneLineTest {

  @Test
  void white_space_with_a_break_or_a_tab_is_one_space_and_other_stays() {
    assertThat(OneLine.of("{\r\n  \"a\":  1,\t\"b\": \u2028 2 \n\n}\n"))
        .isEqualTo("{ \"a\":  1, \"b\": 2 } ");
  }

  @Test
  void what_would_be_a_command_to_a_terminal_is_shown_as_its_code() {
    assertThat(OneLine.of("\u001B[2J\u0000")).isEqualTo("\\u001b[2J\\u0000");
  }

  /** If the time grew with the square of the length, this would take hours. */
  @Test
  void much_white_space_is_looked_at_once() {
    String much = " ".repeat(4 << 20);

    assertThat(OneLine.of(much)).isEqualTo(much);
    assertThat(OneLine.of("a" + much + "\n" + much + "b")).isEqualTo("a b");
  }
}
