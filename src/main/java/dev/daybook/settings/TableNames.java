package dev.daybook.settings;

import dev.daybook.error.InvalidInputException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of a store's tables, so that several stores, or a store and an application, can share
 * one database. {@link #prefixed} renames all of them at once; a single name can be given beside
 * it. Two stores in one database must differ in every name.
 *
 * <p>A name starts with an ASCII letter or underscore, continues with letters, underscores and
 * digits, is at most {@value #MAX_LENGTH} characters long and does not start with {@code sqlite_}.
 * Keywords of SQL are names too, except {@code cast} and {@code returning}. Immutable.
 */
public final class TableNames {

  /** The longest table name, a prefix included. */
  public static final int MAX_LENGTH = 48;

  /** The tables of a store. */
  public enum Table {
    STREAMS,
    EVENTS,
    EVENTS_TAGS,
    SNAPSHOTS,
    DOC_META,
    DOC_RECORDS,
    CHECKPOINTS,
    DEAD_LETTERS,
    LOADS
  }

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** The only keywords that jOOQ leaves without the quotes that SQLite wants. */
  private static final Set<String> UNQUOTED = Set.of("cast", "returning");

  private static final TableNames DEFAULTS = new TableNames("", "", Map.of());

  private final String schema;
  private final String prefix;
  private final Map<Table, String> given;

  private TableNames(String schema, String prefix, Map<Table, String> given) {
    this.schema = schema;
    this.prefix = prefix;
    this.given = given;
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
    return new TableNames("", requireIdentifier(prefix), Map.of());
  }

  /**
   * These names in a schema of the database, which is made if it is missing. Without one, the
   * tables are where the connection's own settings say. SQLite has no schemas, and refuses one when
   * it is opened.
   *
   * @throws InvalidInputException if it is not an identifier
   */
  public TableNames inSchema(String name) {
    return new TableNames(requireIdentifier(name), prefix, given);
  }

  /**
   * These names with another one for a table.
   *
   * @throws InvalidInputException if it is not an identifier, or is another table's name
   */
  public TableNames with(Table table, String name) {
    Objects.requireNonNull(table, "table");
    Map<Table, String> more = new EnumMap<>(Table.class);
    more.putAll(given);
    more.put(table, requireIdentifier(name));
    requireDistinct(more);
    return new TableNames(schema, prefix, Collections.unmodifiableMap(more));
  }

  /** The schema that the tables are in; empty for the connection's own. */
  public String schema() {
    return schema;
  }

  /** The prefix of each default name; empty for none. */
  public String prefix() {
    return prefix;
  }

  /** The name that was given for a table, if one was. */
  public Optional<String> given(Table table) {
    return Optional.ofNullable(given.get(table));
  }

  /** Whether both have the same schema and prefix, and give the same tables the same names. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TableNames names
        && schema.equals(names.schema)
        && prefix.equals(names.prefix)
        && given.equals(names.given);
  }

  @Override
  public int hashCode() {
    return Objects.hash(schema, prefix, given);
  }

  /** The schema, the prefix and the names that were given, for messages. */
  @Override
  public String toString() {
    return "TableNames[schema=%s, prefix=%s, given=%s]".formatted(schema, prefix, given);
  }

  private static String requireIdentifier(String name) {
    Objects.requireNonNull(name, "table name");
    String folded = name.toLowerCase(Locale.ROOT);
    boolean reserved = folded.startsWith("sqlite_") || UNQUOTED.contains(folded);
    if (name.length() > MAX_LENGTH || reserved || !IDENTIFIER.matcher(name).matches()) {
      throw new InvalidInputException(
          "table name \"%s\" is not an identifier; expected a letter or _ and then letters, digits and _, at most %s in all, not starting with sqlite_, not cast or returning"
              .formatted(name, MAX_LENGTH));
    }
    return name;
  }

  /** SQL compares identifiers without regard to case. */
  private static void requireDistinct(Map<Table, String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names.values()) {
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        throw new InvalidInputException("table name \"%s\" is given twice".formatted(name));
      }
    }
  }
}
