package dev.daybook.cli.commands;

import dev.daybook.journal.EventQuery;
import dev.daybook.journal.JournalQuery;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say which events of the journal are meant. */
final class EventSelection {

  @Option(names = "--after", paramLabel = "P", description = "Only events after position P.")
  private long after;

  @Option(names = "--up-to", paramLabel = "P", description = "Only events up to position P.")
  private long upTo = Long.MAX_VALUE;

  @Option(
      names = "--tag",
      paramLabel = "T",
      description = "Only events with this tag; with each of them, if given more than once.")
  private String[] allOf = {};

  @Option(
      names = "--any-tag",
      paramLabel = "T",
      description = "Only events with at least one of these tags.")
  private String[] anyOf = {};

  @Option(names = "--not-tag", paramLabel = "T", description = "No event with one of these tags.")
  private String[] noneOf = {};

  @Option(names = "--type", paramLabel = "T", description = "Only events of one of these types.")
  private String[] types = {};

  @Option(
      names = "--in-streams",
      paramLabel = "PREFIX",
      description = "Only events of streams whose id starts with this.")
  private String streams = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Time.class,
      description =
          "Only events recorded at this time or later, such as 2026-01-31T12:00:00Z; a date is its start in UTC.")
  private @Nullable Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Time.class,
      description = "Only events recorded before this time; it itself is left out.")
  private @Nullable Instant until;

  /** Reads a time. */
  static final class Time implements ITypeConverter<Instant> {

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

    @Override
    public Instant convert(String text) {
      try {
        return DATE.matcher(text).matches()
            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
            : OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "'" + text + "' is not a valid time; expected one such as 2026-01-31T12:00:00Z");
      }
    }
  }

  long after() {
    return after;
  }

  /** Whether no event of the future can be among them. */
  boolean ends() {
    return upTo < Long.MAX_VALUE || until != null;
  }

  /** The events that the options select. */
  JournalQuery query() {
    return filters().after(after).upTo(upTo);
  }

  /** The same without bounds. */
  JournalQuery filters() {
    JournalQuery query = EventQuery.all().taggedNoneOf(noneOf).inStreams(streams);
    query = types.length == 0 ? query : query.ofTypes(types);
    query = allOf.length == 0 ? query : query.taggedAllOf(allOf);
    query = anyOf.length == 0 ? query : query.taggedAnyOf(anyOf);
    query = since == null ? query : query.recordedFrom(since);
    return until == null ? query : query.recordedBefore(until);
  }
}
