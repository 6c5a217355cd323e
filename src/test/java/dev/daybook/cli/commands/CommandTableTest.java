package dev.daybook.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.cli.Run;
import dev.daybook.fixture.LibraryClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Commands are listed without being loaded, and found when they are named. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandTableTest {

  private static final String JOOQ = "org.jooq.";
  private static final String SQLITE = "org.sqlite.";
  private static final String FLYWAY = "org.flywaydb.";
  private static final String JACKSON = "com.fasterxml.jackson.";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"--version", "--help", "help", "unknown"})
  void what_needs_no_store_loads_no_library(String argument) throws Exception {
    assertThat(loadedBy(argument))
        .contains("picocli.CommandLine")
        .noneMatch(name -> isOf(name, JOOQ, SQLITE, FLYWAY, JACKSON, "java.util.logging."));
  }

  @Test
  void the_help_of_a_command_opens_nothing() throws Exception {
    assertThat(loadedBy("stats", "--help")).noneMatch(name -> isOf(name, JOOQ, SQLITE, FLYWAY));
  }

  @Test
  void a_look_at_a_file_loads_neither_flyway_nor_jackson() throws Exception {
    String db = directory.resolve("journal.db").toString();
    assertThat(Run.of("migrate", "--db", db).status()).isZero();

    assertThat(loadedBy("stats", "--db", db))
        .anyMatch(name -> isOf(name, JOOQ))
        .anyMatch(name -> isOf(name, SQLITE))
        // A few are named by what is not called.
        .filteredOn(name -> isOf(name, FLYWAY, JACKSON))
        .hasSizeLessThan(15);
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_command_is_listed_by_the_first_line_of_its_own_help(String name) {
    Run run = Run.of(name, "--help");

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("Usage: daybook " + name);
    assertThat(words(run.out()))
        .contains(words(Objects.requireNonNull(CommandTable.SUMMARIES.get(name))));
    assertThat(Run.of("--help").out()).contains("\n  " + name + " ");
    assertThat(Run.of("help", name).out()).isEqualTo(run.out());
  }

  @Test
  void every_class_that_is_a_command_is_listed() {
    Set<String> commands =
        LibraryClasses.names().stream()
            .filter(name -> name.startsWith("dev.daybook.cli."))
            .map(LibraryClasses::named)
            .filter(type -> type.isAnnotationPresent(Command.class))
            .filter(type -> !type.isMemberClass() || CountedNames.class.isAssignableFrom(type))
            .map(type -> type.getAnnotation(Command.class).name())
            .filter(name -> !name.equals("daybook") && !name.equals("help"))
            .collect(Collectors.toSet());

    assertThat(commands).isEqualTo(CommandTable.SUMMARIES.keySet());
  }

  @Test
  void help_is_the_list_of_all() {
    Run run = Run.of("help");

    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo(Run.of("--help").out()).contains("\n  help ");
  }

  @Test
  void help_for_no_command_is_wrong_usage() {
    Run run = Run.of("help", "unknown");

    assertThat(run.status()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run.err()).contains("unknown");
  }

  @Test
  void a_name_that_is_almost_right_is_answered_with_those_that_are() {
    assertThat(Run.of("stat").err()).contains("did you mean stats or stream?");
  }

  @Test
  void an_argument_that_begins_with_an_at_sign_is_no_file_of_arguments() throws IOException {
    Path arguments = Files.writeString(directory.resolve("arguments"), "stats --help");
    Path db = directory.resolve("journal.db");
    String tag = "@" + arguments;

    Run run = Run.of("@" + arguments);
    Run append = Run.of("append", "s", "--db", db + "", "--type", "T", "--tag", tag, "{}");

    assertThat(run.status()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(append.out()).contains("\t" + tag + "\t");
    assertThat(Run.of("append", "@" + arguments, "--db", db + "", "--type", "@T", "{}").out())
        .contains("\t@" + arguments + "\t1\t@T\t");
  }

  private static Stream<String> names() {
    return CommandTable.SUMMARIES.keySet().stream();
  }

  /** The names of the classes that a process has loaded by its end. */
  private Set<String> loadedBy(String... args) throws Exception {
    Path log = directory.resolve("classes");
    List<String> command = new ArrayList<>(Run.command("64m", args));
    command.add(1, "-Xlog:class+load:file=" + log);
    Process process = Run.start(directory, new ProcessBuilder(command));
    Run.finish(directory, process);
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .map(line -> line.substring(line.lastIndexOf(']') + 1).strip().split(" ", 2)[0])
          .collect(Collectors.toSet());
    }
  }

  private static boolean isOf(String name, String... packages) {
    return Stream.of(packages).anyMatch(name::startsWith);
  }

  /** Lines are broken at the width of the terminal. */
  private static String words(String text) {
    return text.replaceAll("\\s+", " ");
  }
}
