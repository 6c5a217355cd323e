package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.ResultPrinter;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "docs",
    mixinStandardHelpOptions = true,
    description = "Prints the ids of the documents, in order.")
final class DocsCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Option(
      names = "--prefix",
      paramLabel = "P",
      description = "Only ids that start with P, taken literally.")
  private String prefix = "";

  private record Row(String doc) {}

  @Override
  public Integer call() throws IOException {
    ResultPrinter printer = store.printer();
    try (Daybook daybook = store.openToRead();
        Stream<String> ids = daybook.documents().listDocIds(prefix)) {
      Iterator<String> each = ids.iterator();
      while (each.hasNext() && printer.printRow(new Row(each.next()))) {}
    }
    printer.flush();
    return 0;
  }
}
