package dev.daybook.cli.importing;

import com.fasterxml.jackson.core.JsonPointer;
import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.ProgressBar;
import dev.daybook.cli.output.Terminal;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.LoadProgress;
import dev.daybook.settings.Limits;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Appends each line of an NDJSON file as an event: the line is its data, or the printed event.",
      "PTR is a JSON Pointer into the line, such as /order/id.",
      "--resume continues an interrupted import: no line is imported twice."
    })
public final class ImportCommand implements Callable<Integer> {

  private static final Path STANDARD_INPUT = Path.of("-");
  private static final int MOST_LINES_PER_BATCH = 100_000;
  private static final String NAME_PREFIX = "import ";

  @Mixin private Store store = new Store();

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file to read; - reads standard input.")
  private Path file = STANDARD_INPUT;

  @ArgGroup(multiplicity = "1")
  private Lines lines = new Lines();

  /** Either pointers into lines of any kind, or lines that Daybook has printed. */
  static final class Lines {
    @Option(
        names = "--exported",
        required = true,
        description = {
          "The lines are events as 'events --json' prints them, and become such events.",
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
    private Pointers pointers = new Pointers();

    ImportFormat<?> format() {
      if (exact) {
        return (ImportFormat.OfRecorded) ExportedEvents::recorded;
      }
      return exported ? new ExportedEvents() : pointers.fields();
    }
  }

  /** Where the parts of an event are. */
  static final class Pointers {
    @Option(
        names = "--stream",
        required = true,
        paramLabel = "PTR",
        converter = Pointer.class,
        description = "Where the stream's id is.")
    private @Nullable JsonPointer stream;

    @Option(
        names = "--type",
        required = true,
        paramLabel = "PTR",
        converter = Pointer.class,
        description = "Where the event's type is.")
    private @Nullable JsonPointer type;

    @Option(
        names = "--tag",
        paramLabel = "PTR",
        converter = Pointer.class,
        description = "Where a tag or an array of tags is. May be given more than once.")
    private List<JsonPointer> tags = new ArrayList<>();

    @Option(
        names = "--time",
        paramLabel = "PTR",
        converter = Pointer.class,
        description =
            "Where the recorded time is: ISO 8601, or epoch milliseconds. Kept to the millisecond.")
    private @Nullable JsonPointer time;

    ImportFields fields() {
      return new ImportFields(
          Objects.requireNonNull(stream), Objects.requireNonNull(type), tags, time);
    }
  }

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Lines in one transaction, 1 to 100000. Default: ${DEFAULT-VALUE}.")
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
          "Write lines that can't be imported to FILE, and continue. With --resume, after those that were written there before.")
  private @Nullable Path skipBad;

  private record Report(long imported, long alreadyThere, long bad) {}

  @Override
  public Integer call() throws IOException {
    Terminal terminal = store.terminal();
    requireUsable();
    boolean standardInput = file.equals(STANDARD_INPUT);
    if (!standardInput && !Files.isRegularFile(file)) {
      throw new FileNotFoundException(file + " does not exist or is not a file");
    }
    long start = System.nanoTime();
    Importer.Progress done;
    try (Daybook daybook = store.open();
        InputStream in = standardInput ? terminal.in() : Files.newInputStream(file)) {
      BulkLoad<EncodedEvent> load = daybook.rawJournal().bulkLoad(name(standardInput));
      requireResumed(load.progress());
      try (BadLines badLines = badLines(load)) {
        Importer<?> importer = new Importer<>(load, lines.format(), batch, badLines);
        done = run(importer, new NdjsonLines(in), terminal, standardInput ? 0 : Files.size(file));
      }
    }
    report(done, (System.nanoTime() - start) / 1e9);
    return 0;
  }

  private void requireResumed(LoadProgress progress) {
    if (progress.offset() > 0 && !resume) {
      throw new InvalidInputException(
          "%s lines were imported before; --resume continues an interrupted import, and --id names another one"
              .formatted(progress.offset()));
    }
  }

  private @Nullable BadLines badLines(BulkLoad<?> load) throws IOException {
    return skipBad == null ? null : BadLines.open(skipBad, ImportMark.of(load).badBytes());
  }

  private static Importer.Progress run(
      Importer<?> importer, NdjsonLines lines, Terminal terminal, long bytes) throws IOException {
    try (ProgressBar bar = ProgressBar.on(terminal)) {
      return importer.run(
          lines, progress -> bar.drawLines(progress.lines(), progress.bytes(), bytes));
    }
  }

  /** The name of this import's bulk load: a path can be too long for a name. */
  private String name(boolean standardInput) {
    String name = id;
    if (name == null) {
      name = standardInput ? "-" : file.toAbsolutePath().normalize().toString();
    }
    String full = NAME_PREFIX + name;
    return full.length() <= Limits.MAX_NAME_LENGTH
        ? full
        : NAME_PREFIX + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  private void requireUsable() throws IOException {
    CommandSpec command = Objects.requireNonNull(spec);
    if (batch < 1 || batch > MOST_LINES_PER_BATCH) {
      throw new ParameterException(
          command.commandLine(), "--batch is " + batch + "; expected 1 to " + MOST_LINES_PER_BATCH);
    }
    Path bad = skipBad;
    if (bad != null) {
      Optional<Path> db = store.address().file();
      if (isSame(bad, file) || (db.isPresent() && isSame(bad, db.get()))) {
        throw new ParameterException(
            command.commandLine(), "--skip-bad would overwrite " + bad + ", which is in use");
      }
    }
  }

  /** Also by a link. */
  private static boolean isSame(Path one, Path other) throws IOException {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())
        || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
  }

  private void report(Importer.Progress done, double seconds) {
    String line =
        String.format(
            Locale.ROOT,
            "imported %d events, %d were there already, %d bad lines, in %.1f s",
            done.imported(),
            done.alreadyThere(),
            done.bad(),
            seconds);
    store.printer().print(new Report(done.imported(), done.alreadyThere(), done.bad()), line);
    store.printer().flush();
  }

  /** Reads a JSON Pointer. */
  static final class Pointer implements ITypeConverter<JsonPointer> {
    @Override
    public JsonPointer convert(String text) {
      try {
        return JsonPointer.compile(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "'" + text + "' is not a JSON Pointer; expected one such as /order/id");
      }
    }
  }
}
