package dev.daybook.cli.importing;

import dev.daybook.Daybook;
import dev.daybook.cli.options.InputFile;
import dev.daybook.cli.options.OutputFile;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.ProgressBar;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.cli.output.Terminal;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.EncodedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
      "Appends each line of an NDJSON file as an event: the line is its data, or the printed event.",
      "A file may be compressed by gzip or Zstandard, and may be one JSON array, whose elements are the lines.",
      "PTR is a JSON Pointer into the line, such as /order/id.",
      "--resume continues an interrupted import: no line is imported twice.",
      "--from imports the SQLite file of actor-ts, kyneta or eskit; 'import --from PROGRAM --help' has its options."
    },
    footer = {
      "",
      "Exit status: 0 done, 1 refused or failed, 2 wrong usage, 3 done but for the lines that --skip-bad skipped."
    })
public final class ImportCommand implements Callable<Integer> {

  private static final int MOST_LINES_PER_BATCH = 100_000;
  private static final int SKIPPED = 3;
  private static final String NAME_PREFIX = "import ";

  @Mixin private Store store = new Store();

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "The files to read, one after the other; - or none reads standard input.")
  private List<Path> files = new ArrayList<>();

  @ArgGroup(multiplicity = "1")
  private Form form = new Form();

  /** Either pointers into lines of any kind, or lines that Daybook has printed. */
  static final class Form {
    @Option(
        names = "--exported",
        required = true,
        description = {
          "The lines are events as 'events --json' prints them, with their idempotency keys, and become such events.",
          "Those of a stream are numbered again, except for encrypted ones, which must get their old number."
        })
    private boolean exported;

    @Option(
        names = "--exact",
        required = true,
        description = {
          "The lines are events as 'events --json' prints them, and each keeps its number, its position and its time.",
          "All positions in the database must be lower than theirs."
        })
    private boolean exact;

    @ArgGroup(exclusive = false)
    private LineOptions options = new LineOptions();
  }

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Lines in one transaction, 1 to 100000. Default: ${DEFAULT-VALUE}.")
  private int batch = 10_000;

  @Option(
      names = "--resume",
      description = {
        "Continue an interrupted import after the last line that was committed.",
        "Files and options must be the same; lines may have been added."
      })
  private boolean resume;

  @Option(
      names = "--id",
      paramLabel = "NAME",
      description =
          "The name of this import, for --resume. Default: the absolute paths of the files.")
  private @Nullable String id;

  @Option(
      names = "--skip-bad",
      paramLabel = "FILE",
      description = {
        "Write lines that can't be imported to FILE, whole, and continue. FILE.reasons says of each where it was,",
        "and why. Once mended, FILE can be imported. Until the import is done, both are called .part."
      })
  private @Nullable Path skipBad;

  @Option(
      names = "--dry-run",
      description = {
        "Read all lines and write nothing: print for each pointer how many lines have it, with examples,",
        "and what would be imported."
      })
  private boolean dryRun;

  private record Report(long imported, long alreadyThere, long bad) {}

  @Override
  public Integer call() throws IOException {
    if (files.isEmpty()) {
      files = List.of(ImportFiles.STANDARD_INPUT);
    }
    requireUsable();
    ImportFormat<?> format = format();
    if (dryRun) {
      return tryOut(format);
    }
    long start = System.nanoTime();
    Importer.Progress done;
    try (ImportFiles lines = new ImportFiles(files, store.terminal().in(), format);
        Daybook daybook = store.open()) {
      BulkLoad<EncodedEvent> load = daybook.rawJournal().bulkLoad(name());
      requireResumed(load);
      done = run(load, format, lines);
    }
    report(done, (System.nanoTime() - start) / 1e9);
    return done.bad() == 0 ? 0 : SKIPPED;
  }

  private int tryOut(ImportFormat<?> format) throws IOException {
    DryRun<?> dry = new DryRun<>(format);
    try (ImportFiles lines = new ImportFiles(files, store.terminal().in(), format)) {
      dry.read(lines);
    }
    store.printer().print(dry.values(), String.join(System.lineSeparator(), dry.report()));
    store.printer().flush();
    return dry.badLines() == 0 ? 0 : SKIPPED;
  }

  private ImportFormat<?> format() {
    if (form.exact) {
      return new ExportedEvents.Exact();
    }
    return form.exported ? new ExportedEvents() : form.options.fields(Objects.requireNonNull(spec));
  }

  private void requireResumed(BulkLoad<?> load) {
    long before = load.progress().offset();
    if (before > 0 && !resume) {
      throw new InvalidInputException(
          "%s imported before as \"%s\"; --resume continues after that, and --id NAME imports everything once more"
              .formatted(
                  ResultPrinter.count(before, "line"),
                  load.name().substring(NAME_PREFIX.length())));
    }
    if (before == 0 && resume) {
      store
          .terminal()
          .err()
          .println(
              "daybook: nothing was imported before as \"%s\"; this begins with the first line"
                  .formatted(load.name().substring(NAME_PREFIX.length())));
    }
  }

  private Importer.Progress run(BulkLoad<EncodedEvent> load, ImportFormat<?> format, Lines lines)
      throws IOException {
    Terminal terminal = store.terminal();
    long bytes = ImportFiles.size(files);
    try (BadLines badLines = skipBad == null ? null : new BadLines(skipBad);
        ProgressBar bar = ProgressBar.on(terminal);
        Interruption interruption = Interruption.of(terminal, load)) {
      Importer<?> importer = new Importer<>(load, format, batch, badLines);
      Importer.Progress done =
          importer.run(
              lines, resume, progress -> bar.drawLines(progress.lines(), progress.bytes(), bytes));
      interruption.over();
      return done;
    }
  }

  private String name() {
    return LoadName.of(
        NAME_PREFIX,
        id == null
            ? files.stream().map(ImportCommand::absolute).collect(Collectors.joining(" + "))
            : id);
  }

  /** A link is another name of its file. */
  private static String absolute(Path file) {
    if (ImportFiles.isStandardInput(file)) {
      return file.toString();
    }
    try {
      return (Files.isRegularFile(file) ? file.toRealPath() : file.toAbsolutePath().normalize())
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireUsable() throws IOException {
    CommandSpec command = Objects.requireNonNull(spec);
    if (batch < 1 || batch > MOST_LINES_PER_BATCH) {
      throw new ParameterException(
          command.commandLine(), "--batch is " + batch + "; expected 1 to " + MOST_LINES_PER_BATCH);
    }
    if (skipBad == null) {
      return;
    }
    Path target = OutputFile.replaceable(skipBad);
    List<Path> used = new ArrayList<>(files);
    Optional<Path> db = store.address().file();
    db.ifPresent(used::add);
    for (Path bad : BadLines.files(target)) {
      OutputFile.replaceable(bad);
      for (Path each : used) {
        if (InputFile.isSame(bad, each)) {
          throw new ParameterException(
              command.commandLine(), "--skip-bad would overwrite " + bad + ", which is in use");
        }
      }
    }
  }

  private void report(Importer.Progress done, double seconds) throws IOException {
    String line =
        String.format(
            Locale.ROOT,
            "imported %s, %s, %s%s, in %.1f s",
            ResultPrinter.count(done.imported(), "event"),
            ResultPrinter.alreadyThere(done.alreadyThere()),
            ResultPrinter.count(done.bad(), "bad line"),
            done.bad() == 0 ? "" : " skipped",
            seconds);
    store.printer().print(new Report(done.imported(), done.alreadyThere(), done.bad()), line);
    store.printer().flush();
    if (done.bad() > 0 && skipBad != null) {
      BadLines written = new BadLines(skipBad);
      store
          .terminal()
          .err()
          .println(
              "daybook: %s has the lines that were skipped, and %s why"
                  .formatted(written.file(), written.reasonsFile()));
    }
  }
}
