package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed on a terminal and in a pipe, with colours and without. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutputTest {

  private static final String BOLD = "\u001B[1m";
  private static final String LONG = "{\"text\":\"" + "x".repeat(200) + "\"}";

  @TempDir private Path directory;
  private String db;

  @BeforeEach
  void make_a_store() {
    db = directory.resolve("shop.db").toString();
    append("order-1", "OrderPlaced", "customer:ann", LONG);
    append("a", "Paid", "late", "{}");
  }

  @Test
  void a_list_in_a_pipe_is_lines_with_tabs() {
    assertThat(Run.of("tags", "--db", db).out()).isEqualTo("customer:ann\t1\nlate\t1\n");
    assertThat(Run.of("streams", "--counts", "--db", db).out())
        .isEqualTo("a\tactive\t1\t1\norder-1\tactive\t1\t1\n");
    assertThat(Run.of("events", "--db", db).lines().toList().get(0))
        .matches("1\t[^\t]+\torder-1\t1\tOrderPlaced\tcustomer:ann\t\\Q" + LONG + "\\E");
  }

  @Test
  void a_list_on_a_terminal_is_a_table() {
    assertThat(terminal("types").lines())
        .containsExactly(
            "TYPE         SCHEMA VERSION  EVENTS",
            "OrderPlaced               1       1",
            "Paid                      1       1");
    assertThat(terminal("streams", "--counts").lines())
        .containsExactly(
            "STREAM   STATE   EVENTS  LAST SEQ",
            "a        active       1         1",
            "order-1  active       1         1");
  }

  @Test
  void a_terminal_shows_the_beginning_of_long_data() {
    String line = terminal("events").lines().toList().get(1);
    assertThat(line).endsWith("x…").doesNotContain("x".repeat(120));
    assertThat(terminal("events", "--json").out()).contains(LONG);
  }

  @Test
  void a_column_without_values_is_left_out_on_a_terminal() {
    append("b", "Paid", "", "{}");
    assertThat(terminal("read", "b").lines().toList().get(0))
        .isEqualTo("POSITION  TIME                      STREAM  SEQ  TYPE  DATA");
    assertThat(Run.of("read", "b", "--db", db).out()).contains("\tPaid\t\t{}\n");
  }

  @Test
  void data_is_printed_alone_or_left_out() {
    assertThat(Run.of("read", "a", "--db", db, "--data-only").out()).isEqualTo("{}\n");
    assertThat(Run.of("events", "--db", db, "--data-only", "--json").lines())
        .containsExactly(LONG, "{}");
    assertThat(Run.of("events", "--db", db, "--no-data", "--json").lines())
        .hasSize(2)
        .allSatisfy(
            line -> assertThat(line).contains("\"metadata\":{}").doesNotContain("\"data\""));
    assertThat(Run.of("events", "--db", db, "--no-data", "--data-only").status()).isEqualTo(2);
  }

  @Test
  void what_would_command_a_terminal_is_shown_as_an_escape() {
    String records =
        """
        {"record":"meta","replicaType":{"name":"t","major":1,"minor":0},"syncMode":{"writerModel":"a","delivery":"b","durability":"c"},"schemaHash":"h"}
        {"record":"entry","kind":"since","encoding":"json","text":"bell\\u0007\\u001b[2J","version":"v"}
        """;
    assertThat(Run.withInput(records, "doc", "append", "d", "--any-text", "--db", db).err())
        .isEmpty();
    assertThat(terminal("doc", "read", "d").out())
        .contains("bell\\u0007\\u001b[2J")
        .doesNotContain("\u001B");
  }

  @Test
  void colours_are_for_terminals_unless_the_environment_or_an_option_says_otherwise() {
    Map<String, String> none = Map.of();
    String[] types = {"types", "--db", db};
    assertThat(Run.onTerminal("", none, types).out()).startsWith(BOLD + "TYPE");
    assertThat(Run.onTerminal("", Map.of("NO_COLOR", "1"), types).out()).startsWith("TYPE");
    assertThat(Run.onTerminal("", Map.of("TERM", "dumb"), types).out()).startsWith("TYPE");
    assertThat(Run.onTerminal("", none, "types", "--color=never", "--db", db).out())
        .startsWith("TYPE");
    assertThat(
            Run.onTerminal("", Map.of("NO_COLOR", "1"), "--color", "always", "types", "--db", db)
                .out())
        .startsWith(BOLD + "TYPE");
    assertThat(Run.of("read", "b", "--color", "always", "--db", db).err())
        .isEqualTo("\u001B[1;31mdaybook:\u001B[0m there is no stream \"b\"\n");
    assertThat(Run.of("read", "b", "--db", db).err())
        .isEqualTo("daybook: there is no stream \"b\"\n");
    assertThat(Run.of("types", "--color", "blue", "--db", db).status()).isEqualTo(2);
  }

  private Run terminal(String... args) {
    String[] all = Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--db";
    all[args.length + 1] = db;
    Run run = Run.onTerminal("", all);
    assertThat(run.err()).isEmpty();
    return run;
  }

  private void append(String stream, String type, String tag, String data) {
    String[] args =
        tag.isEmpty()
            ? new String[] {"append", stream, "--db", db, "--type", type, data}
            : new String[] {"append", stream, "--db", db, "--type", type, "--tag", tag, data};
    assertThat(Run.of(args).err()).isEmpty();
  }
}
