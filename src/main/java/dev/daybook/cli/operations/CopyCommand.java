package dev.daybook.cli.operations;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.cli.options.DaybookCommand;
import dev.daybook.cli.options.Login;
import dev.daybook.cli.options.StoreAddress;
import dev.daybook.cli.output.EventPrinter;
import dev.daybook.cli.output.ProgressBar;
import dev.daybook.cli.output.Terminal;
import dev.daybook.error.InvalidInputException;
import dev.daybook.settings.TableNames;
import dev.daybook.transfer.Mismatch;
import dev.daybook.transfer.StoreContent;
import dev.daybook.transfer.TransferOptions;
import dev.daybook.transfer.TransferReport;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "copy",
    mixinStandardHelpOptions = true,
    description = {
      "Copies a whole store to another one, and compares both by counts and SHA-256.",
      "The source is only read and may be written meanwhile. The target must be empty, or begun by an earlier run: interrupted anywhere, the copy continues when it is run again.",
      "Nothing else may use the target until it is complete. After that another run brings it up to date, as long as nothing in it has changed."
    },
    footer = {
      "",
      "Exit status: 0 the target has all that the source has, 1 refused, failed or not the same, 2 wrong usage, 3 the source was written until the end: stop its writers, and run it again."
    })
public final class CopyCommand implements Callable<Integer> {

  private static final int MISMATCH = 1;
  private static final int BEHIND = 3;

  @Option(
      names = "--from",
      required = true,
      paramLabel = StoreAddress.LABEL,
      converter = StoreAddress.Converter.class,
      description = "The SQLite file or the database to copy.")
  private @Nullable StoreAddress from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = StoreAddress.LABEL,
      converter = StoreAddress.Converter.class,
      description = "The SQLite file or the database to copy it to; tables are made there.")
  private @Nullable StoreAddress to;

  @Option(
      names = "--from-schema",
      paramLabel = "NAME",
      description = "The schema of the source's tables on its server. Default: the user's own.")
  private @Nullable String fromSchema;

  @Option(
      names = "--to-schema",
      paramLabel = "NAME",
      description = "The schema of the target's tables on its server. Default: the user's own.")
  private @Nullable String toSchema;

  @Mixin private Login login = new Login();

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  @Option(names = "--sql", description = "Print each SQL statement to standard error.")
  private boolean sql;

  @Option(names = "--verbose", description = "Print the stack trace of a failure.")
  @SuppressWarnings("UnusedVariable") // Read from the parsed command line when it fails.
  private boolean verbose;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    StoreAddress here = Objects.requireNonNull(from);
    StoreAddress there = Objects.requireNonNull(to);
    requireUsable(here, there);
    TransferReport report;
    try (Daybook source = source(here);
        Daybook target = builder(there, toSchema).build();
        ProgressBar bar = ProgressBar.on(terminal())) {
      report = source.copyTo(target, TransferOptions.defaults().withProgress(bar::draw));
    }
    return print(report);
  }

  private void requireUsable(StoreAddress here, StoreAddress there) {
    try {
      login.requireOneServer(terminal().environment(), List.of(here, there));
      requireServer(here, "--from-schema", fromSchema);
      requireServer(there, "--to-schema", toSchema);
    } catch (InvalidInputException e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private static void requireServer(StoreAddress which, String option, @Nullable String schema) {
    if (schema != null && !which.isServer()) {
      throw new InvalidInputException(
          option + " is for the database of a jdbc:postgresql: URL; a file has none");
    }
  }

  /** A source is opened as it is: copying should not change it. */
  private Daybook source(StoreAddress which) throws IOException {
    Path file = which.file().orElse(null);
    if (file != null && !Files.exists(file)) {
      throw new FileNotFoundException(file + " does not exist");
    }
    return builder(which, fromSchema).readOnly().build();
  }

  private DaybookBuilder builder(StoreAddress which, @Nullable String schema) throws IOException {
    DaybookBuilder builder = login.builder(which, terminal().environment());
    if (schema != null) {
      builder.tables(TableNames.defaults().inSchema(schema));
    }
    if (sql) {
      builder.sqlListener(terminal().err()::println);
    }
    return builder;
  }

  private int print(TransferReport report) {
    EventPrinter printer = new EventPrinter(terminal().out(), json);
    report.mismatches().forEach(mismatch -> print(printer, mismatch));
    printer.print(values(report), line(report));
    printer.flush();
    if (report.mismatchCount() > 0) {
      terminal()
          .err()
          .println(
              "daybook: %s not the same in the target; has something else written to it?"
                  .formatted(
                      report.mismatchCount() == 1
                          ? "1 thing is"
                          : report.mismatchCount() + " things are"));
      return MISMATCH;
    }
    if (report.isBehind()) {
      terminal()
          .err()
          .println(
              "daybook: the target is %s and %s behind; stop all writers of the source, and run the same command again: it continues from here"
                  .formatted(
                      EventPrinter.count(report.eventsBehind(), "event"),
                      EventPrinter.count(report.rowsBehind(), "other row")));
      return BEHIND;
    }
    return 0;
  }

  private static void print(EventPrinter printer, Mismatch mismatch) {
    String kind = mismatch.kind().name().toLowerCase(Locale.ROOT);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("mismatch", kind);
    values.put("id", mismatch.id());
    values.put("sourceRows", mismatch.sourceRows());
    values.put("targetRows", mismatch.targetRows());
    printer.print(
        values,
        "%s \"%s\": %s in the source, %s in the target%s"
            .formatted(
                kind,
                mismatch.id(),
                EventPrinter.count(mismatch.sourceRows(), "row"),
                EventPrinter.count(mismatch.targetRows(), "row"),
                mismatch.sourceRows() == mismatch.targetRows() ? ", which differ" : ""));
  }

  private static Map<String, Object> values(TransferReport report) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("complete", report.isComplete());
    values.put("copiedEvents", report.copiedEvents());
    values.put("position", report.position());
    values.put("eventsBehind", report.eventsBehind());
    values.put("rowsBehind", report.rowsBehind());
    values.put("mismatches", report.mismatchCount());
    report
        .content()
        .ifPresent(
            content -> {
              values.put("streams", content.streams());
              values.put("events", content.events());
              values.put("tags", content.tags());
              values.put("snapshots", content.snapshots());
              values.put("documents", content.documents());
              values.put("records", content.records());
              values.put("checkpoints", content.checkpoints());
              values.put("deadLetters", content.deadLetters());
              values.put("loads", content.loads());
              values.put("hash", content.hash());
            });
    return values;
  }

  private static String line(TransferReport report) {
    String copied =
        "copied %s up to position %s"
            .formatted(EventPrinter.count(report.copiedEvents(), "event"), report.position());
    return report
        .content()
        .map(content -> copied + "; the target has " + line(content))
        .orElse(copied);
  }

  private static String line(StoreContent content) {
    return String.join(
        ", ",
        EventPrinter.count(content.streams(), "stream"),
        EventPrinter.count(content.events(), "event"),
        EventPrinter.count(content.tags(), "tag"),
        EventPrinter.count(content.snapshots(), "snapshot"),
        EventPrinter.count(content.documents(), "document"),
        EventPrinter.count(content.records(), "record"),
        EventPrinter.count(content.checkpoints(), "checkpoint"),
        EventPrinter.count(content.deadLetters(), "dead letter"),
        EventPrinter.count(content.loads(), "bulk load"),
        "SHA-256 " + content.hash());
  }

  private Terminal terminal() {
    CommandSpec command = Objects.requireNonNull(spec);
    return ((DaybookCommand) command.root().userObject()).terminal();
  }
}
