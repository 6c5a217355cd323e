package dev.daybook.cli;

import dev.daybook.cli.output.Terminal;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said about a command line that is wrong: the error, and one line that points at help. */
final class UsageErrors implements IParameterExceptionHandler {

  private final Terminal terminal;

  private UsageErrors(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Makes a command line, with all of its commands, report wrong usage in this way. */
  static void handle(CommandLine commandLine, Terminal terminal) {
    commandLine
        .registerConverter(long.class, number("a whole number", Long::valueOf))
        .registerConverter(Long.class, number("a whole number", Long::valueOf))
        .registerConverter(int.class, number("a whole number", Integer::valueOf))
        .setParameterExceptionHandler(new UsageErrors(terminal))
        .setExecutionStrategy(
            parsed -> {
              requireKnown(parsed);
              return new CommandLine.RunLast().execute(parsed);
            });
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    terminal.out().flush();
    CommandLine command = failure.getCommandLine();
    command = command.getCommandSpec().helpCommand() ? command.getParent() : command;
    terminal.printError(message(failure));
    terminal
        .err()
        .println(
            "`%s --help` shows what it takes".formatted(command.getCommandSpec().qualifiedName()));
    terminal.err().flush();
    return CommandLine.ExitCode.USAGE;
  }

  /** A command that does not exist has no help, either. */
  private static void requireKnown(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    if (!last.unmatched().isEmpty() && !last.commandSpec().subcommands().isEmpty()) {
      throw new UnmatchedArgumentException(last.commandSpec().commandLine(), last.unmatched());
    }
  }

  private static String message(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return message(unmatched);
    }
    String message = String.valueOf(failure.getMessage()).replaceFirst("^Error: ", "");
    boolean lacksDatabase =
        failure instanceof MissingParameterException missing
            && missing.getMissing().stream().anyMatch(UsageErrors::isDatabase);
    return lacksDatabase ? message + "; DAYBOOK_DB in the environment is its default" : message;
  }

  private static boolean isDatabase(ArgSpec argument) {
    return argument.isOption() && argument.paramLabel().contains("URL");
  }

  private static String message(UnmatchedArgumentException failure) {
    String first = failure.getUnmatched().get(0);
    boolean takesCommands = !failure.getCommandLine().getSubcommands().isEmpty();
    String problem =
        first.startsWith("-")
            ? "there is no option %s"
            : takesCommands ? "there is no command \"%s\"" : "\"%s\" is one argument too many";
    List<String> similar =
        failure.getSuggestions().stream()
            .map(name -> name.replaceFirst(".* ", ""))
            .filter(name -> name.startsWith(first.replaceFirst("(--?)?(.).*", "$1$2")))
            .limit(3)
            .toList();
    return problem.formatted(first)
        + (similar.isEmpty()
            ? ""
            : similar.stream().collect(Collectors.joining(" or ", "; did you mean ", "?")));
  }

  private static <T> ITypeConverter<T> number(String expected, ITypeConverter<T> converter) {
    return text -> {
      try {
        return converter.convert(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'%s' is not %s".formatted(text, expected));
      }
    };
  }
}
