package dev.daybook.cli.importing;

import dev.daybook.cli.json.JsonPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say where the parts of an event are in a line. */
final class LineOptions {

  private static final String POINTER = "a JSON Pointer such as /order/id";
  private static final String META = "--meta";
  private static final String NAMED = "NAME=PTR, where PTR is a JSON Pointer such as /order/id";
  private static final String JOINED = POINTER + ", or several joined by +";

  @Option(
      names = "--stream",
      paramLabel = "PTR",
      description = {
        "Where the stream's id is, a text or a number; empty text and null count as missing.",
        "PTR+PTR joins two texts by a dot. If given more than once, the first that is there is taken."
      })
  private List<String> stream = new ArrayList<>();

  @Option(
      names = "--stream-is",
      paramLabel = "ID",
      description = "The stream's id for lines without one.")
  private @Nullable String streamIs;

  @Option(
      names = "--type",
      paramLabel = "PTR",
      description = "Where the event's type is, as for --stream.")
  private List<String> type = new ArrayList<>();

  @Option(
      names = "--type-is",
      paramLabel = "TYPE",
      description = "The event's type for lines without one.")
  private @Nullable String typeIs;

  @Option(
      names = "--data",
      paramLabel = "PTR",
      description = "The part of the line that is the event's data. Default: the whole line.")
  private @Nullable String data;

  @Option(
      names = "--tag",
      paramLabel = "[PREFIX=]PTR",
      description = {
        "Where a tag or an array of tags is; PREFIX is put before each. * is every element of an array.",
        "Empty text and null give no tag. May be given more than once."
      })
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--tag-is",
      paramLabel = "TAG",
      description = "A tag of every event. May be given more than once.")
  private List<String> tagsOfAll = new ArrayList<>();

  @Option(
      names = "--time",
      paramLabel = "PTR",
      description = {
        "Where the recorded time is, as for --stream: ISO 8601 with an offset, or a date for its start in UTC.",
        "Kept to the millisecond."
      })
  private List<String> time = new ArrayList<>();

  @Option(
      names = "--time-is",
      paramLabel = "TIME|now",
      description = "The time for lines without one.")
  private @Nullable String timeIs;

  @Option(
      names = "--time-unit",
      paramLabel = "UNIT",
      description = "What times that are numbers count since 1970: ${COMPLETION-CANDIDATES}.")
  private @Nullable EpochUnit timeUnit;

  @Option(
      names = "--key",
      paramLabel = "PTR",
      description =
          "Where an idempotency key is, as for --stream: a second event of a stream with it is not appended.")
  private List<String> key = new ArrayList<>();

  @Option(
      names = "--meta",
      paramLabel = "NAME=PTR",
      description =
          "Where metadata is, as for --stream. Lines without it have none. May be given more than once.")
  private List<String> metadata = new ArrayList<>();

  @Option(
      names = "--csv",
      description = {
        "The files are CSV. The first row has the names, and each other row is a line:",
        "a JSON object of texts."
      })
  private boolean csv;

  @Option(
      names = "--separator",
      paramLabel = "C",
      description = "What is between the fields of CSV. Default: a comma.")
  private @Nullable Character separator;

  /**
   * What they say.
   *
   * @throws ParameterException if that is not valid, or not enough
   */
  ImportFields fields(CommandSpec spec) {
    FieldRule streamRule = rule("--stream", stream, streamIs, spec);
    FieldRule typeRule = rule("--type", type, typeIs, spec);
    if (!streamRule.isGiven()) {
      throw wrong("--stream PTR or --stream-is ID is missing", spec);
    }
    if (!typeRule.isGiven()) {
      throw wrong("--type PTR or --type-is TYPE is missing", spec);
    }
    if (timeIs != null && !TimeRule.isConstant(timeIs)) {
      throw wrong(
          "--time-is is '%s'; expected now, or a time such as 2026-03-01T12:00:00Z"
              .formatted(timeIs),
          spec);
    }
    if (separator != null && !csv) {
      throw wrong("--separator is of CSV; expected --csv with it", spec);
    }
    if (timeUnit != null && time.isEmpty()) {
      throw wrong("--time-unit is of the times at a pointer; expected --time PTR with it", spec);
    }
    return new ImportFields(
        streamRule,
        typeRule,
        data == null ? null : compiled("--data", data, JsonPath::compile, POINTER, spec),
        tags.stream()
            .map(
                tag ->
                    compiled(
                        "--tag",
                        tag,
                        TagRule::of,
                        "a JSON Pointer such as /labels/*/name, or with a prefix such as user:=/user/login",
                        spec))
            .toList(),
        List.copyOf(tagsOfAll),
        new TimeRule(rule("--time", time, timeIs, spec), timeUnit),
        rule("--key", key, null, spec),
        metadata(spec),
        csv ? Objects.requireNonNullElse(separator, ',') : null);
  }

  private Map<String, FieldRule> metadata(CommandSpec spec) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (String entry : metadata) {
      int separator = entry.indexOf('=');
      if (separator < 1) {
        throw wrong(META, entry, NAMED, spec);
      }
      byName
          .computeIfAbsent(entry.substring(0, separator), name -> new ArrayList<>())
          .add(entry.substring(separator + 1));
    }
    Map<String, FieldRule> rules = new LinkedHashMap<>();
    byName.forEach(
        (name, places) ->
            rules.put(
                name,
                new FieldRule(
                    places.stream()
                        .map(
                            place ->
                                compiled(
                                    META,
                                    name + "=" + place,
                                    text -> FieldRule.place(place),
                                    NAMED,
                                    spec))
                        .toList(),
                    null)));
    return rules;
  }

  private static FieldRule rule(
      String option, List<String> places, @Nullable String constant, CommandSpec spec) {
    return new FieldRule(
        places.stream()
            .map(place -> compiled(option, place, FieldRule::place, JOINED, spec))
            .toList(),
        constant);
  }

  private static <T> T compiled(
      String option, String text, Function<String, T> compiler, String expected, CommandSpec spec) {
    try {
      return compiler.apply(text);
    } catch (IllegalArgumentException e) {
      throw wrong(option, text, expected, spec);
    }
  }

  private static ParameterException wrong(
      String option, String text, String expected, CommandSpec spec) {
    return wrong("%s is '%s'; expected %s".formatted(option, text, expected), spec);
  }

  private static ParameterException wrong(String problem, CommandSpec spec) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
