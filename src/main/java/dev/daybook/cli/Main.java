package dev.daybook.cli;

import dev.daybook.InvalidInputException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The command line's entry point. */
public final class Main {

  /** Kept, because a logger that nobody holds forgets its level. */
  private static final List<Logger> CHATTY =
      List.of(
          Logger.getLogger("org.flywaydb"),
          Logger.getLogger("org.jooq"),
          Logger.getLogger("org.postgresql"));

  private Main() {}

  public static void main(String[] args) {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    CHATTY.forEach(logger -> logger.setLevel(Level.SEVERE));
    PrintStream out = stream(FileDescriptor.out, false);
    int status =
        run(
            new Terminal(
                new FileInputStream(FileDescriptor.in),
                out,
                stream(FileDescriptor.err, true),
                System.getenv()),
            args);
    out.flush();
    System.exit(status);
  }

  /**
   * Runs one command.
   *
   * @return 0 when it is done, 1 when it was refused or failed, 2 when it was used wrongly, and
   *     what a command says of itself beyond that
   */
  static int run(Terminal terminal, String... args) {
    try {
      // Before anything can repeat them.
      StoreAddress.requireNoPasswords(args);
    } catch (InvalidInputException e) {
      terminal.fail(e, false);
      return CommandLine.ExitCode.USAGE;
    }
    return new CommandLine(new DaybookCommand(terminal))
        .setOut(terminal.printer(terminal.out()))
        .setErr(terminal.printer(terminal.err()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setDefaultValueProvider(option -> databaseOf(terminal, option))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              boolean verbose = command.getParseResult().hasMatchedOption("--verbose");
              terminal.fail(failure, verbose);
              return CommandLine.ExitCode.SOFTWARE;
            })
        .execute(args);
  }

  /** What a command works on if that was not given; the demonstration makes a file. */
  private static @Nullable String databaseOf(Terminal terminal, ArgSpec argument) {
    boolean isDatabase =
        argument instanceof OptionSpec option
            && option.longestName().equals("--db")
            && option.paramLabel().equals(StoreAddress.LABEL);
    String value = isDatabase ? terminal.environment().get("DAYBOOK_DB") : null;
    return value == null || value.isEmpty() ? null : value;
  }

  private static PrintStream stream(FileDescriptor descriptor, boolean autoFlush) {
    return new PrintStream(
        new java.io.BufferedOutputStream(new FileOutputStream(descriptor), 1 << 16),
        autoFlush,
        StandardCharsets.UTF_8);
  }
}
