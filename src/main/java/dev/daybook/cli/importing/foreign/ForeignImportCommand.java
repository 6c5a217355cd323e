package dev.daybook.cli.importing.foreign;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daybook.Daybook;
import dev.daybook.cli.importing.LoadName;
import dev.daybook.cli.importing.foreign.sources.ForeignSource;
import dev.daybook.cli.options.InputFile;
import dev.daybook.cli.options.OutputFile;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.ProgressBar;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.cli.output.Terminal;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.EncodedEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Imports the SQLite file of another program: streams with their events, numbers, times and tags, snapshots, tombstones and checkpoints, or documents.",
      "The file is only read. All of it is checked first: if a row can't be imported, it is named, and nothing is written. In the end what the file has and what the store has of it are compared by counts and SHA-256.",
      "--resume continues an interrupted import: nothing is imported twice."
    },
    footer = {
      "",
      "Exit status: 0 the store has all that the file has, 1 refused, failed or not the same, 2 wrong usage, 3 the store has all but the rows that --skip-bad has left out."
    })
public final class ForeignImportCommand implements Callable<Integer> {

  private static final String FROM = "--from";
  private static final int MOST_ROWS_PER_BATCH = 100_000;
  private static final int MOST_NAMED = 100;
  private static final int DIFFERENT = 1;
  private static final int SKIPPED = 3;

  @Mixin private Store store = new Store();

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = FROM,
      required = true,
      paramLabel = "PROGRAM",
      description = "What has written the file: ${COMPLETION-CANDIDATES}.")
  private @Nullable Program program;

  @Parameters(paramLabel = "FILE", description = "The SQLite file to read.")
  private @Nullable Path file;

  @Mixin private SourceOptions reading = new SourceOptions();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Rows in one transaction, 1 to 100000. Default: ${DEFAULT-VALUE}.")
  private int batch = 10_000;

  @Option(names = "--resume", description = "Continue an interrupted import.")
  private boolean resume;

  @Option(
      names = "--id",
      paramLabel = "NAME",
      description = "The name of this import, for --resume. Default: the file's absolute path.")
  private @Nullable String id;

  @Option(
      names = "--skip-bad",
      paramLabel = "FILE",
      description =
          "Leave out rows that can't be imported, and write their table, key and reason to FILE. After a bad event the rest of its stream is left out, and with a bad record its document.")
  private @Nullable Path skipBad;

  @Option(
      names = "--dry-run",
      description = "Read the file, print what would be imported, and write nothing.")
  private boolean dryRun;

  /** Whether arguments name a program, so that this is the command that is meant. */
  public static boolean isMeantBy(List<String> args) {
    return args.stream().anyMatch(arg -> arg.equals(FROM) || arg.startsWith(FROM + "="));
  }

  @Override
  public Integer call() throws IOException {
    if (batch < 1 || batch > MOST_ROWS_PER_BATCH) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--batch is " + batch + "; expected 1 to " + MOST_ROWS_PER_BATCH);
    }
    Program from = Objects.requireNonNull(program);
    Path path = Objects.requireNonNull(file);
    Map<String, Long> marks = reading.marks();
    requireOtherFiles(path);
    try (ForeignSource source = reading.open(from, path);
        ProgressBar bar = ProgressBar.on(store.terminal())) {
      for (String table : source.leftOut()) {
        store.terminal().err().println("daybook: the table " + table + " is not imported");
      }
      Survey survey = Survey.of(source, marks, done -> bar.draw(Step.READING, done, 0));
      if (dryRun) {
        return printSurvey(survey);
      }
      requireGood(survey.bad());
      try (Daybook daybook = store.open()) {
        return run(from, path, source, marks, survey, daybook, bar);
      }
    }
  }

  /** The file that is read is not written, under whichever name. */
  private void requireOtherFiles(Path path) throws IOException {
    Path db = store.address().file().orElse(null);
    if (db != null && InputFile.isSame(path, db)) {
      throw new InvalidInputException(
          "--db is %s, the file that is to be imported; expected another one".formatted(db));
    }
    if (skipBad != null) {
      OutputFile.replaceable(skipBad);
    }
    if (skipBad != null
        && (InputFile.isSame(skipBad, path) || (db != null && InputFile.isSame(skipBad, db)))) {
      throw new InvalidInputException(
          "--skip-bad would overwrite %s, which is in use".formatted(skipBad));
    }
  }

  /** What would be imported. */
  private record Preview(
      long streams,
      long events,
      long tags,
      long snapshots,
      long tombstones,
      long checkpoints,
      long documents,
      long records,
      String hash,
      long bad) {}

  /** What was imported, and what the store has of the file. */
  private record Report(
      long imported,
      long alreadyThere,
      long skipped,
      long differences,
      long streams,
      long events,
      long tags,
      long snapshots,
      long tombstones,
      long checkpoints,
      long documents,
      long records,
      String hash) {}

  /** What differs. */
  private record Different(String mismatch, String id, long sourceRows, long targetRows) {}

  /** What an import is doing. */
  private enum Step {
    READING,
    COMPARING
  }

  private int run(
      Program from,
      Path path,
      ForeignSource source,
      Map<String, Long> marks,
      Survey survey,
      Daybook daybook,
      ProgressBar bar)
      throws IOException {
    BulkLoad<EncodedEvent> load = daybook.rawJournal().bulkLoad(name(from, path));
    requireResumed(load);
    ForeignMark mark = ForeignMark.of(load, from.toString(), survey.content().hash());
    if (load.progress().offset() == 0) {
      Vacancy.require(daybook, source, marks);
    }
    long before = load.progress().events();
    new ForeignImporter(
            daybook,
            source,
            marks,
            survey,
            load,
            mark,
            batch,
            (phase, done) -> bar.draw(phase, done, survey.content().events()))
        .run();
    ImportComparison.Result compared =
        ImportComparison.run(
            source,
            marks,
            survey.bad(),
            daybook,
            done -> bar.draw(Step.COMPARING, done, survey.content().events()));
    bar.close();
    return print(load.progress().events() - before, before, survey, compared);
  }

  private void requireResumed(BulkLoad<?> load) {
    if (load.progress().offset() > 0 && !resume) {
      throw new InvalidInputException(
          "%s imported before; --resume continues an interrupted import, and --id names another one"
              .formatted(ResultPrinter.count(load.progress().events(), "event")));
    }
  }

  private String name(Program from, Path path) throws IOException {
    return LoadName.of(
        "import from %s: ".formatted(from), id == null ? path.toRealPath().toString() : id);
  }

  private void requireGood(BadRows bad) throws IOException {
    if (skipBad != null) {
      writeBad(bad, skipBad);
    } else if (!bad.rows().isEmpty()) {
      nameBad(bad);
      throw new InvalidInputException(
          "%s can't be imported; nothing was written; --skip-bad FILE leaves them out"
              .formatted(ResultPrinter.count(bad.rows().size(), "row")));
    }
  }

  private void writeBad(BadRows bad, Path named) throws IOException {
    Path to = OutputFile.replaceable(named);
    Path beside = to.resolveSibling(to.getFileName() + ".part");
    try (BufferedWriter out = Files.newBufferedWriter(beside, StandardCharsets.UTF_8)) {
      JsonMapper json = new JsonMapper();
      for (BadRows.BadRow row : bad.rows()) {
        out.write(json.writeValueAsString(values(row)));
        out.newLine();
      }
    }
    Files.move(beside, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Map<String, Object> values(BadRows.BadRow row) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("table", row.table());
    values.put("key", row.key());
    values.put("reason", row.reason());
    return values;
  }

  private void nameBad(BadRows bad) {
    Terminal terminal = store.terminal();
    bad.rows().stream()
        .limit(MOST_NAMED)
        .forEach(
            row ->
                terminal
                    .err()
                    .println(
                        "daybook: %s \"%s\": %s".formatted(row.table(), row.key(), row.reason())));
    int more = bad.rows().size() - MOST_NAMED;
    if (more > 0) {
      terminal.err().println("daybook: and " + ResultPrinter.count(more, "more row"));
    }
  }

  private int printSurvey(Survey survey) {
    nameBad(survey.bad());
    ImportedContent content = survey.content();
    store
        .printer()
        .print(
            new Preview(
                content.streams(),
                content.events(),
                content.tags(),
                content.snapshots(),
                content.tombstones(),
                content.checkpoints(),
                content.documents(),
                content.records(),
                content.hash(),
                survey.bad().rows().size()),
            "would import %s; %s can't be imported"
                .formatted(
                    survey.content().line(),
                    ResultPrinter.count(survey.bad().rows().size(), "row")));
    store.printer().flush();
    return survey.bad().rows().isEmpty() ? 0 : DIFFERENT;
  }

  private int print(
      long imported, long alreadyThere, Survey survey, ImportComparison.Result compared) {
    ResultPrinter printer = store.printer();
    compared.differences().forEach(difference -> print(printer, difference));
    int bad = survey.bad().rows().size();
    ImportedContent content = compared.content();
    printer.print(
        new Report(
            imported,
            alreadyThere,
            bad,
            compared.count(),
            content.streams(),
            content.events(),
            content.tags(),
            content.snapshots(),
            content.tombstones(),
            content.checkpoints(),
            content.documents(),
            content.records(),
            content.hash()),
        "imported %s, %s, %s skipped; the store has of the file %s"
            .formatted(
                ResultPrinter.count(imported, "event"),
                ResultPrinter.alreadyThere(alreadyThere),
                ResultPrinter.count(bad, "row"),
                compared.content().line()));
    printer.flush();
    if (compared.count() > 0) {
      store
          .terminal()
          .err()
          .println(
              "daybook: %s not the same in the store; has something else written to it?"
                  .formatted(
                      compared.count() == 1 ? "1 thing is" : compared.count() + " things are"));
      return DIFFERENT;
    }
    return bad == 0 ? 0 : SKIPPED;
  }

  private static void print(ResultPrinter printer, ImportComparison.Difference difference) {
    printer.print(
        new Different(
            difference.kind(), difference.id(), difference.sourceRows(), difference.targetRows()),
        "%s \"%s\": %s in the file, %s in the store%s"
            .formatted(
                difference.kind(),
                difference.id(),
                ResultPrinter.count(difference.sourceRows(), "row"),
                ResultPrinter.count(difference.targetRows(), "row"),
                difference.sourceRows() == difference.targetRows() ? ", which differ" : ""));
  }
}
