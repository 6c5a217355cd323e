package dev.daybook.cli.importing.foreign;

import com.fasterxml.jackson.core.JsonPointer;
import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.cli.importing.EpochUnit;
import dev.daybook.cli.importing.foreign.sources.ActorTsFile;
import dev.daybook.cli.importing.foreign.sources.EskitFile;
import dev.daybook.cli.importing.foreign.sources.EventNames;
import dev.daybook.cli.importing.foreign.sources.ForeignSource;
import dev.daybook.cli.importing.foreign.sources.KynetaFile;
import dev.daybook.cli.importing.foreign.sources.SourceLayout;
import dev.daybook.cli.json.JsonPath;
import dev.daybook.cli.options.InputFile;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.connections.ForeignFile;
import dev.daybook.internal.input.InputRules;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how a file of another program is read. */
final class SourceOptions {

  private static final String NO_DELIVERY = "unspecified";
  private static final JsonPointer TYPE = JsonPointer.compile("/type");

  @Option(
      names = "--snapshots",
      paramLabel = "FILE",
      description = "actor-ts: the file of the snapshots, if they are not in the same file.")
  private @Nullable Path snapshots;

  @Option(
      names = "--type",
      paramLabel = "PTR",
      converter = Pointer.class,
      description = {
        "actor-ts: a JSON Pointer to where an event says its type. May be given more than once: the first that leads to a text counts.",
        "Default: /type."
      })
  private List<JsonPointer> types = new ArrayList<>();

  @Option(
      names = "--type-is",
      paramLabel = "NAME",
      description = "actor-ts: the type of events that don't say it.")
  private @Nullable String typeIs;

  @Option(
      names = "--delivery",
      paramLabel = "NAME",
      description = {
        "kyneta: the delivery of sync modes that don't say it.",
        "Default: that of the document's metas before, or unspecified."
      })
  private @Nullable String delivery;

  @Option(
      names = "--time-unit",
      paramLabel = "UNIT",
      description = "eskit: what a time that is a number counts: ${COMPLETION-CANDIDATES}.")
  private @Nullable EpochUnit unit;

  @Option(
      names = "--table",
      paramLabel = "NAME=OTHER",
      description = "A table that is called OTHER in the file. May be given more than once.")
  private Map<String, String> tables = new LinkedHashMap<>();

  @Option(
      names = "--column",
      paramLabel = "NAME=OTHER",
      description =
          "A column that is called OTHER in the file; NAME may have its table before it, as in snapshots.state. May be given more than once.")
  private Map<String, String> columns = new LinkedHashMap<>();

  @Option(
      names = "--ignore-column",
      paramLabel = "NAME",
      description = "A column that is not read. May be given more than once.")
  private List<String> ignored = new ArrayList<>();

  @Option(
      names = "--high-water-mark",
      paramLabel = "STREAM=N",
      description =
          "The highest number that a stream has given whose events are all deleted, if the file does not say it. May be given more than once.")
  private List<String> marks = new ArrayList<>();

  /** Opens the source. */
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // The source closes its files.
  ForeignSource open(Program program, Path path) throws FileNotFoundException {
    refuseOptionsOfOthers(program);
    ForeignFile file = file(path);
    try {
      SourceLayout.Names names = new SourceLayout.Names(tables, columns, Set.copyOf(ignored));
      return switch (program) {
        case ACTOR_TS -> actorTs(file, names);
        case KYNETA -> new KynetaFile(file, names, delivery == null ? NO_DELIVERY : delivery);
        case ESKIT -> new EskitFile(file, names, unit);
      };
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // The source closes its files.
  private ForeignSource actorTs(ForeignFile file, SourceLayout.Names names)
      throws FileNotFoundException {
    EventNames eventNames = new EventNames(types.isEmpty() ? List.of(TYPE) : types, typeIs);
    if (snapshots == null) {
      return new ActorTsFile(file, null, names, eventNames);
    }
    ForeignFile own = file(snapshots);
    try {
      return new ActorTsFile(file, own, names, eventNames);
    } catch (Throwable e) {
      own.close();
      throw e;
    }
  }

  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // The caller closes it.
  private static ForeignFile file(Path path) throws FileNotFoundException {
    InputFile.require(path);
    return ForeignFile.open(path);
  }

  private void refuseOptionsOfOthers(Program program) {
    refuse("--snapshots", snapshots != null, Program.ACTOR_TS, program);
    refuse("--type", !types.isEmpty(), Program.ACTOR_TS, program);
    refuse("--type-is", typeIs != null, Program.ACTOR_TS, program);
    refuse("--delivery", delivery != null, Program.KYNETA, program);
    refuse("--time-unit", unit != null, Program.ESKIT, program);
    if (program == Program.KYNETA) {
      refuse("--high-water-mark", !marks.isEmpty(), Program.ACTOR_TS, program);
    }
  }

  private static void refuse(String option, boolean given, Program of, Program program) {
    if (given && of != program) {
      throw new InvalidInputException("%s is for files of %s".formatted(option, of));
    }
  }

  /** The high-water marks that are given, by stream; a stream's id may have an equals sign. */
  Map<String, Long> marks() {
    Map<String, Long> parsed = new LinkedHashMap<>();
    for (String given : marks) {
      int equals = given.lastIndexOf('=');
      try {
        String stream =
            InputRules.requireName("stream id", given.substring(0, Math.max(0, equals)));
        long seq = Long.parseLong(given.substring(equals + 1));
        parsed.put(stream, InputRules.requireNotNegative("the high-water mark", seq));
      } catch (NumberFormatException | InvalidInputException e) {
        throw new InvalidInputException(
            "--high-water-mark is \"%s\"; expected STREAM=N, such as account-7=120"
                .formatted(given));
      }
    }
    return parsed;
  }

  /** Reads a JSON Pointer. */
  static final class Pointer implements ITypeConverter<JsonPointer> {
    @Override
    public JsonPointer convert(String text) {
      try {
        // Which is stricter about what a tilde begins.
        return JsonPointer.compile(JsonPath.compile(text).text());
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "'" + text + "' is not a JSON Pointer; expected one such as /type");
      }
    }
  }
}
