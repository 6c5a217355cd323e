package dev.daybook;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of a store are called, so that several stores, or a store and an application, can
 * share one database. {@link #prefixed} renames all of them at once; a single name can be given
 * beside it. Two stores in one database must differ in every name.
 *
 * <p>A name starts with an ASCII letter or underscore, goes on with those and digits, is at most
 * {@value #MAX_LENGTH} characters long and does not start with {@code sqlite_}. Immutable.
 */
public final class TableNames {

  /** The longest table name, a prefix included. */
  public static final int MAX_LENGTH = 48;

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final TableNames DEFAULTS = new TableNames("", null, null, null);

  private final String prefix;
  private final @Nullable String events;
  private final @Nullable String eventsTags;
  private final @Nullable String streams;

  private TableNames(
      String prefix,
      @Nullable String events,
      @Nullable String eventsTags,
      @Nullable String streams) {
    this.prefix = prefix;
    this.events = events;
    this.eventsTags = eventsTags;
    this.streams = streams;
    requireDistinct(Stream.of(events, eventsTags, streams).filter(Objects::nonNull).toList());
  }

  /** The names as the migrations have them. */
  public static TableNames defaults() {
    return DEFAULTS;
  }

  /**
   * The default names, each with this in front.
   *
   * @throws InvalidInputException if the prefix can't start a name
   */
  public static TableNames prefixed(String prefix) {
    return new TableNames(requireIdentifier(prefix), null, null, null);
  }

  /**
   * These names with another one for the events.
   *
   * @throws InvalidInputException if it is no identifier, or is another table's name
   */
  public TableNames withEvents(String name) {
    return new TableNames(prefix, requireIdentifier(name), eventsTags, streams);
  }

  /**
   * These names with another one for the tags of the events.
   *
   * @throws InvalidInputException if it is no identifier, or is another table's name
   */
  public TableNames withEventsTags(String name) {
    return new TableNames(prefix, events, requireIdentifier(name), streams);
  }

  /**
   * These names with another one for the streams.
   *
   * @throws InvalidInputException if it is no identifier, or is another table's name
   */
  public TableNames withStreams(String name) {
    return new TableNames(prefix, events, eventsTags, requireIdentifier(name));
  }

  /** What stands in front of each default name; empty for nothing. */
  public String prefix() {
    return prefix;
  }

  /** The name given for the events, if one was. */
  public Optional<String> events() {
    return Optional.ofNullable(events);
  }

  /** The name given for the tags of the events, if one was. */
  public Optional<String> eventsTags() {
    return Optional.ofNullable(eventsTags);
  }

  /** The name given for the streams, if one was. */
  public Optional<String> streams() {
    return Optional.ofNullable(streams);
  }

  private static String requireIdentifier(String name) {
    Objects.requireNonNull(name, "table name");
    boolean reserved = name.toLowerCase(Locale.ROOT).startsWith("sqlite_");
    if (name.length() > MAX_LENGTH || reserved || !IDENTIFIER.matcher(name).matches()) {
      throw new InvalidInputException(
          "table name \"%s\" is no identifier; expected a letter or _ and then letters, digits and _, at most %d in all, not starting with sqlite_"
              .formatted(name, MAX_LENGTH));
    }
    return name;
  }

  /** SQL compares identifiers without regard to case. */
  private static void requireDistinct(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        throw new InvalidInputException("table name \"%s\" is given twice".formatted(name));
      }
    }
  }
}
