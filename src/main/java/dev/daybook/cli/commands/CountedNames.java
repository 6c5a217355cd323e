package dev.daybook.cli.commands;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.maintenance.Maintenance;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command that prints names, each with how many events have it. */
abstract sealed class CountedNames implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @MustBeClosed
  abstract Stream<? extends Record> rows(Maintenance maintenance);

  @Override
  public Integer call() throws IOException {
    ResultPrinter printer = store.printer();
    try (Daybook daybook = store.openToRead();
        Stream<? extends Record> rows = rows(daybook.maintenance())) {
      Iterator<? extends Record> each = rows.iterator();
      while (each.hasNext() && printer.printRow(each.next())) {}
    }
    printer.flush();
    return 0;
  }

  @Command(
      name = "types",
      mixinStandardHelpOptions = true,
      description = {
        "Prints the types of events, and how many events there are of each.",
        "Each version of a type's schema is counted by itself. Reads the whole journal."
      })
  static final class Types extends CountedNames {

    private record TypeRow(String type, int schemaVersion, long events) {}

    @Override
    @MustBeClosed
    Stream<TypeRow> rows(Maintenance maintenance) {
      return maintenance
          .typeCounts()
          .map(type -> new TypeRow(type.type(), type.schemaVersion(), type.count()));
    }
  }

  @Command(
      name = "tags",
      mixinStandardHelpOptions = true,
      description = "Prints the tags of events, and how many events have each.")
  static final class Tags extends CountedNames {

    private record TagRow(String tag, long events) {}

    @Override
    @MustBeClosed
    Stream<TagRow> rows(Maintenance maintenance) {
      return maintenance.tagCounts().map(tag -> new TagRow(tag.tag(), tag.count()));
    }
  }
}
