package dev.daybook.cli.demo;

import dev.daybook.Daybook;
import dev.daybook.cli.demo.OrderEvent.Order;
import dev.daybook.cli.demo.OrderEvent.OrderReturned;
import dev.daybook.cli.importing.ImportFields;
import dev.daybook.cli.importing.Importer;
import dev.daybook.cli.importing.NdjsonLines;
import dev.daybook.cli.options.DaybookCommand;
import dev.daybook.cli.options.StoreAddress;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Imports a sample of orders into a new file, appends, recovers one order, queries by tag, and prints the SQL it used.")
public final class DemoCommand implements Callable<Integer> {

  private static final String SAMPLE = "orders.ndjson";
  private static final String ORDER = "order-1001";
  private static final String CUSTOMER = "customer:eva.klein";

  @Option(
      names = "--db",
      paramLabel = "FILE",
      converter = StoreAddress.Converter.class,
      description = "The file to make. Default: one in the directory for temporary files.")
  private @Nullable StoreAddress file;

  @Option(names = "--verbose", description = "Print the stack trace of a failure.")
  @SuppressWarnings("UnusedVariable") // Read from the parsed command line when it fails.
  private boolean verbose;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintStream out =
        ((DaybookCommand) Objects.requireNonNull(spec).root().userObject()).terminal().out();
    Path target = target();
    Set<String> sql = new LinkedHashSet<>();
    try (Daybook daybook = Daybook.builder(target).sqlListener(sql::add).build()) {
      Journal<OrderEvent> orders = daybook.journal(OrderEvent.class);

      Importer.Progress sample = importSample(daybook);
      out.println(
          "1. Imported %s events of %s orders into %s"
              .formatted(sample.imported(), orders.stats().streams(), target));

      List<RecordedEvent<OrderEvent>> history = orders.read(EventQuery.stream(ORDER));
      out.println();
      out.println("2. Recovered %s from its %s events:".formatted(ORDER, history.size()));
      Order order = Order.NONE;
      for (RecordedEvent<OrderEvent> event : history) {
        order = order.after(event.data());
        out.println("   %s  %s  %s".formatted(event.seq(), event.time(), order));
      }

      out.println();
      append(orders, history.size(), out);

      List<RecordedEvent<OrderEvent>> tagged =
          orders.read(EventQuery.all().taggedAllOf(CUSTOMER).ofTypes("OrderPlaced"));
      out.println();
      out.println("4. The orders of %s, by tag:".formatted(CUSTOMER));
      tagged.forEach(
          event ->
              out.println(
                  "   %-4s %s  %s"
                      .formatted(
                          event.position(), event.streamId(), Order.NONE.after(event.data()))));
    }
    out.println();
    out.println("5. The SQL of all that, as jOOQ built it:");
    sql.forEach(statement -> out.println("   " + statement));
    out.println();
    out.println(
        "Try it: java -jar target/daybook-cli.jar events --db %s --limit 3".formatted(target));
    out.flush();
    return 0;
  }

  private Path target() throws IOException {
    if (file == null) {
      return Files.createTempDirectory("daybook-demo").resolve("orders.db");
    }
    Path given =
        file.file()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        file + " is not a file; the demonstration makes a new one"));
    if (Files.exists(given)) {
      throw new InvalidInputException(
          given + " exists already; the demonstration makes a new file");
    }
    return given;
  }

  private static Importer.Progress importSample(Daybook daybook) throws IOException {
    ImportFields fields = ImportFields.at("/order", "/type", "/tags", "/at");
    try (InputStream in = DemoCommand.class.getResourceAsStream(SAMPLE)) {
      return new Importer<>(daybook.rawJournal().bulkLoad(SAMPLE), fields, 100, null)
          .run(NdjsonLines.of(Objects.requireNonNull(in)));
    }
  }

  private static void append(Journal<OrderEvent> orders, long seen, PrintStream out) {
    Append<OrderEvent> append =
        Append.of(
            ORDER,
            ExpectedSeq.exactly(seen),
            List.of(
                NewEvent.<OrderEvent>of(
                        new OrderReturned(ORDER, Instant.parse("2026-03-09T10:00:00Z"), "broken"))
                    .tagged(CUSTOMER)));
    RecordedEvent<OrderEvent> recorded = orders.append(append).get(0);
    out.println(
        "3. Appended %s as number %s of %s, at position %s of the journal."
            .formatted(recorded.type(), recorded.seq(), ORDER, recorded.position()));
    try {
      orders.append(append);
    } catch (ConflictException e) {
      out.println("   Again with the same expectation it is refused: " + e.getMessage());
    }
  }
}
