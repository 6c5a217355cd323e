package dev.daybook.cli.options;

import dev.daybook.error.InvalidInputException;
import dev.daybook.settings.TableNames;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The names of tables as an option gives them: a prefix, names of single tables, or both.
 *
 * @param text as it was given
 */
record TablesOption(String text, TableNames names) {

  static final String LABEL = "PREFIX";

  private static final Pattern ONE_NAME = Pattern.compile("(?<table>[a-z_]+)=(?<name>.*)");

  private static TablesOption parse(String text) {
    TableNames names = TableNames.defaults();
    for (String part : text.split(",", -1)) {
      Matcher single = ONE_NAME.matcher(part);
      if (single.matches()) {
        names = names.with(table(single.group("table")), single.group("name"));
      } else if (!part.isEmpty()) {
        if (!names.equals(TableNames.defaults())) {
          throw new InvalidInputException(
              "\"%s\" has a prefix after another name; expected it first".formatted(text));
        }
        names = TableNames.prefixed(part);
      }
    }
    return new TablesOption(text, names);
  }

  private static TableNames.Table table(String name) {
    return Arrays.stream(TableNames.Table.values())
        .filter(table -> lower(table).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "\"%s\" is not a table of a store; expected one of %s"
                        .formatted(
                            name,
                            Arrays.stream(TableNames.Table.values())
                                .map(TablesOption::lower)
                                .collect(Collectors.joining(", ")))));
  }

  /** How the option asks for names; empty for the default names. */
  static String of(TableNames names) {
    return names
        .given(TableNames.Table.EVENTS)
        .map(events -> lower(TableNames.Table.EVENTS) + "=" + events)
        .orElse(names.prefix());
  }

  private static String lower(TableNames.Table table) {
    return table.name().toLowerCase(Locale.ROOT);
  }

  /** Reads one from the command line. */
  static final class Converter implements ITypeConverter<TablesOption> {
    @Override
    public TablesOption convert(String text) {
      try {
        return parse(text);
      } catch (InvalidInputException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
