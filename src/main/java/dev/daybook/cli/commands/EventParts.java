package dev.daybook.cli.commands;

import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.EventPrinter;
import dev.daybook.cli.output.EventPrinter.Part;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say what of an event is printed. */
final class EventParts {

  @ArgGroup private Choice choice = new Choice();

  /** One of them at most. */
  static final class Choice {
    @Option(
        names = "--data-only",
        description =
            "Print the data of each event alone, one JSON value a line; what is not JSON as Base64.")
    private boolean dataOnly;

    @Option(names = "--no-data", description = "Print no data.")
    private boolean noData;
  }

  @Option(names = "--no-keys", description = "Leave idempotency keys out of --json.")
  private boolean noKeys;

  EventPrinter printer(Store store) {
    Part part = choice.dataOnly ? Part.DATA_ONLY : choice.noData ? Part.NO_DATA : Part.WHOLE;
    EventPrinter printer = new EventPrinter(store.printer(), part);
    return noKeys ? printer.withoutKeys() : printer;
  }
}
