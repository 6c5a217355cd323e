package dev.daybook.cli;

import dev.daybook.cli.options.StoreAddress;
import dev.daybook.cli.output.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said about a command line that is wrong: the error, and one line that points at help. */
final class UsageErrors implements IParameterExceptionHandler {

  private static final Pattern NONE_OF =
      Pattern.compile("expected one of \\[.*\\] .* but was '(?<value>.*)'$", Pattern.DOTALL);
  private static final Pattern NO_PAIR =
      Pattern.compile("should be in KEY=VALUE.* format but was (?<value>.*)$", Pattern.DOTALL);
  private static final Pattern NO_VALUE =
      Pattern.compile("^(Missing required parameter|Expected parameter) ");
  private static final Pattern ABOUT_VALUE =
      Pattern.compile("^Invalid value for (option|positional parameter at index) .*?: ");

  private static final String NO_COMMAND = "Missing required subcommand";

  private final Terminal terminal;

  private UsageErrors(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Makes a command line, with all of its commands, report wrong usage in this way. */
  static void handle(CommandLine commandLine, Terminal terminal) {
    commandLine
        .registerConverter(long.class, number(Long::valueOf))
        .registerConverter(Long.class, number(Long::valueOf))
        .registerConverter(int.class, number(Integer::valueOf))
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
    terminal.printError(message(failure, List.of(args)));
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

  private static String message(ParameterException failure, List<String> args) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return message(unmatched, args);
    }
    CommandLine command = failure.getCommandLine();
    List<String> unknown = command.getUnmatchedArguments();
    if (!unknown.isEmpty() && unknown.get(0).startsWith("-")) {
      // It was probably meant as what is missing.
      return message(new UnmatchedArgumentException(command, unknown), args);
    }
    String message = String.valueOf(failure.getMessage());
    ArgSpec argument =
        failure instanceof MissingParameterException missing && missing.getMissing().size() == 1
            ? missing.getMissing().get(0)
            : failure.getArgSpec();
    if (argument != null && NO_VALUE.matcher(message).find()) {
      return name(argument) + " has no value; expected " + shown(argument);
    }
    if (failure instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing(missing.getMissing());
    }
    if (failure instanceof MutuallyExclusiveArgsException
        || failure instanceof MaxValuesExceededException) {
      Optional<String> conflict = conflict(command.getCommandSpec(), args);
      if (conflict.isPresent()) {
        return conflict.get();
      }
    }
    if (failure instanceof OverwrittenOptionException twice) {
      return name(twice.getOverwritten()) + " is given more than once";
    }
    if (message.equals(NO_COMMAND)) {
      return "a command is missing; expected " + or(command.getSubcommands().keySet());
    }
    return argument == null ? message : aboutValue(argument, message);
  }

  private static String aboutValue(ArgSpec argument, String message) {
    Matcher noneOf = NONE_OF.matcher(message);
    if (noneOf.find()) {
      return "%s is '%s'; expected %s"
          .formatted(name(argument), noneOf.group("value"), or(argument.completionCandidates()));
    }
    Matcher noPair = NO_PAIR.matcher(message);
    if (noPair.find()) {
      return "%s is '%s'; expected %s"
          .formatted(name(argument), noPair.group("value"), argument.paramLabel());
    }
    return argument.arity().max() == 0
        ? name(argument) + " takes no value"
        : ABOUT_VALUE
            .matcher(message)
            .replaceFirst(Matcher.quoteReplacement(name(argument) + ": "));
  }

  /** Arguments of a group are choices: one of them is enough. */
  private static String missing(List<ArgSpec> missing) {
    List<String> names = missing.stream().map(UsageErrors::shown).toList();
    ArgGroupSpec choices = missing.get(0).group();
    if (choices != null) {
      Stream<ArgSpec> firsts = choices.subgroups().stream().map(group -> group.options().get(0));
      return or(Stream.concat(choices.args().stream(), firsts).map(UsageErrors::shown).toList())
          + " is missing";
    }
    String hint =
        missing.stream().anyMatch(StoreAddress::isDefaulted)
            ? "; DAYBOOK_DB in the environment is its default"
            : "";
    return String.join(" and ", names) + (names.size() == 1 ? " is" : " are") + " missing" + hint;
  }

  /** What is given of a group and can't be given together: two of its choices, or one twice. */
  private static Optional<String> conflict(CommandSpec command, List<String> args) {
    List<ArgSpec> given = given(command, args);
    for (int i = 0; i < given.size(); i++) {
      ArgSpec one = given.get(i);
      for (ArgSpec other : given.subList(i + 1, given.size())) {
        if (one == other && !one.isMultiValue()) {
          return Optional.of(name(one) + " is given more than once");
        }
        if (one != other && excludes(one, other)) {
          return Optional.of(name(one) + " and " + name(other) + " exclude each other");
        }
      }
    }
    return Optional.empty();
  }

  /** The options of groups in the order in which they are given, then the arguments of groups. */
  private static List<ArgSpec> given(CommandSpec command, List<String> args) {
    List<ArgSpec> given = new ArrayList<>();
    for (String arg : args) {
      OptionSpec option = command.findOption(arg.replaceFirst("=.*", ""));
      if (option != null && option.group() != null) {
        given.add(option);
      }
    }
    command.positionalParameters().stream()
        .filter(argument -> argument.group() != null)
        .forEach(given::add);
    return given;
  }

  /** Whether a group allows only one of the choices that these belong to. */
  private static boolean excludes(ArgSpec one, ArgSpec other) {
    for (ArgGroupSpec group = one.group(); group != null; group = group.parentGroup()) {
      if (group.allOptionsNested().contains(other)
          || group.allPositionalParametersNested().contains(other)) {
        return group.exclusive();
      }
    }
    return false;
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String shown(ArgSpec argument) {
    return argument instanceof OptionSpec option && option.arity().max() > 0
        ? option.longestName() + " " + option.paramLabel()
        : name(argument);
  }

  private static String or(Iterable<String> choices) {
    List<String> all = new ArrayList<>();
    choices.forEach(all::add);
    int last = all.size() - 1;
    return last < 1
        ? String.join("", all)
        : String.join(", ", all.subList(0, last)) + " or " + all.get(last);
  }

  private static String message(UnmatchedArgumentException failure, List<String> args) {
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
    if (!similar.isEmpty()) {
      return problem.formatted(first) + "; did you mean " + String.join(" or ", similar) + "?";
    }
    return problem.formatted(first)
        + (namesFile(takesCommands ? List.of(first) : args) ? "; --db FILE names the store" : "");
  }

  /** Whether an argument is probably meant as the file of the store. */
  private static boolean namesFile(List<String> args) {
    return args.stream().anyMatch(arg -> arg.endsWith(".db"))
        && args.stream().noneMatch(arg -> arg.startsWith("--db"));
  }

  /** No option and no argument takes a negative number. */
  private static <T extends Number> ITypeConverter<T> number(ITypeConverter<T> converter) {
    return text -> {
      try {
        T number = converter.convert(text);
        if (number.longValue() >= 0) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Reported as a negative one.
      }
      throw new TypeConversionException(
          "'%s' is not a whole number; expected 0 or more".formatted(text));
    };
  }
}
