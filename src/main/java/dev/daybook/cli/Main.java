package dev.daybook.cli;

import dev.daybook.cli.commands.CommandTable;
import dev.daybook.cli.options.DaybookCommand;
import dev.daybook.cli.options.StoreAddress;
import dev.daybook.cli.output.Color;
import dev.daybook.cli.output.Output;
import dev.daybook.cli.output.Terminal;
import dev.daybook.cli.output.Terminal.Stream;
import dev.daybook.error.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;

/** The command line's entry point. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    if (CommandTable.mayBeNamed(args)) {
      ChattyLibraries.silence();
    }
    // Not Files.newInputStream, which on Java 17 seeks, and the file may be a pipe.
    InputStream in = new BufferedInputStream(new FileInputStream(FileDescriptor.in));
    Output output = new Output(new FileOutputStream(FileDescriptor.out));
    PrintStream out = stream(output, false);
    PrintStream err = stream(new FileOutputStream(FileDescriptor.err), true);
    Terminal terminal = new Terminal(in, out, err, System.getenv()).ofProcess();
    int status = run(terminal, args);
    out.flush();
    Optional<IOException> lost = output.failure();
    if (lost.isPresent() && status == CommandLine.ExitCode.OK) {
      terminal.fail(
          new IOException("the output can't be written: " + lost.get().getMessage()), false);
      status = CommandLine.ExitCode.SOFTWARE;
    }
    System.exit(status);
  }

  /**
   * Runs one command.
   *
   * @return 0 when it is done, 1 when it was refused or failed, 2 when it was used wrongly, or
   *     another status that the command defines
   */
  static int run(Terminal plain, String... args) {
    Terminal terminal = plain.with(Color.of(args));
    try {
      // Before anything can repeat them.
      StoreAddress.requireNoPasswords(args);
    } catch (InvalidInputException e) {
      terminal.fail(e, false);
      return CommandLine.ExitCode.USAGE;
    }
    CommandLine commandLine = new CommandLine(new DaybookCommand(terminal));
    CommandTable.addTo(commandLine, args);
    UsageErrors.handle(commandLine, terminal);
    return commandLine
        .setOut(terminal.printer(terminal.out()))
        .setErr(terminal.printer(terminal.err()))
        .setColorScheme(
            Help.defaultColorScheme(terminal.hasColors(Stream.OUT) ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        // An argument such as @octocat is a text, and no file of arguments.
        .setExpandAtFiles(false)
        .setDefaultValueProvider(option -> databaseOf(terminal, option))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              boolean verbose = command.getParseResult().hasMatchedOption("--verbose");
              terminal.fail(failure, verbose);
              return CommandLine.ExitCode.SOFTWARE;
            })
        .execute(args);
  }

  /** What a command works on by default; the demonstration makes a file. */
  private static @Nullable String databaseOf(Terminal terminal, ArgSpec argument) {
    String value =
        StoreAddress.isDefaulted(argument) ? terminal.environment().get("DAYBOOK_DB") : null;
    return value == null || value.isEmpty() ? null : value;
  }

  private static PrintStream stream(OutputStream to, boolean autoFlush) {
    return new PrintStream(
        new BufferedOutputStream(to, 1 << 16), autoFlush, StandardCharsets.UTF_8);
  }
}
