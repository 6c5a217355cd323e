package dev.daybook.cli;

import dev.daybook.cli.output.Color;
import dev.daybook.cli.output.Terminal;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.JavaProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A run of the command line: in this process, or in one of its own. */
public record Run(int status, String out, String err) {

  /** Runs a command in this process. */
  public static Run of(String... args) {
    return withInput("", args);
  }

  /** Runs a command in this process, with text on its standard input. */
  public static Run withInput(String input, String... args) {
    return run(input, Map.of(), args);
  }

  /** Runs a command in this process, with an environment of nothing else. */
  public static Run withEnvironment(Map<String, String> environment, String... args) {
    return run("", environment, args);
  }

  /** Runs a command in this process, on a terminal where this is typed. */
  public static Run onTerminal(String typed, String... args) {
    return onTerminal(typed, Map.of("NO_COLOR", "1"), args);
  }

  /** The same with an environment. */
  public static Run onTerminal(String typed, Map<String, String> environment, String... args) {
    return run(typed, environment, Set.of(Terminal.Stream.values()), args);
  }

  private static Run run(String input, Map<String, String> environment, String... args) {
    return run(input, environment, Set.of(), args);
  }

  private static Run run(
      String input,
      Map<String, String> environment,
      Set<Terminal.Stream> terminals,
      String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            environment,
            terminals,
            Color.AUTO);
    int status = Main.run(terminal, args);
    terminal.out().flush();
    terminal.err().flush();
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Starts a command in a process of its own, whose output goes to files beside it. */
  public static Process start(Path directory, String heap, String... args) throws IOException {
    return start(directory, heap, Map.of(), args);
  }

  /** The same with more in its environment. */
  public static Process start(
      Path directory, String heap, Map<String, String> environment, String... args)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(heap, args));
    builder.environment().putAll(environment);
    return start(directory, builder);
  }

  /** What starts a command in a process of its own. */
  public static List<String> command(String heap, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.addAll(JavaProcess.SHORT_LIVED);
    command.addAll(JavaProcess.withClassPath());
    command.add(Main.class.getName());
    command.addAll(List.of(args));
    return command;
  }

  /** Starts a process whose output goes to files in a directory. */
  public static Process start(Path directory, ProcessBuilder builder) throws IOException {
    return builder
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile())
        .start();
  }

  /** Runs a command in a process of its own to its end. */
  public static Run inProcess(Path directory, String heap, String... args) throws Exception {
    return finish(directory, start(directory, heap, args));
  }

  /** Waits for the end of a command that was started. */
  public static Run finish(Path directory, Process process) throws Exception {
    try {
      Await.ended(process);
    } finally {
      process.destroyForcibly();
    }
    return new Run(
        process.exitValue(),
        Files.readString(directory.resolve("out")),
        Files.readString(directory.resolve("err")));
  }

  public Stream<String> lines() {
    return out.lines();
  }
}
