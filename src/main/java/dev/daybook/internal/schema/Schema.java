package dev.daybook.internal.schema;

import static dev.daybook.internal.jooq.Tables.CHECKPOINTS;
import static dev.daybook.internal.jooq.Tables.DEAD_LETTERS;
import static dev.daybook.internal.jooq.Tables.DOC_META;
import static dev.daybook.internal.jooq.Tables.DOC_RECORDS;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static dev.daybook.internal.jooq.Tables.LOADS;
import static dev.daybook.internal.jooq.Tables.SNAPSHOTS;
import static dev.daybook.internal.jooq.Tables.STREAMS;

import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.settings.TableNames;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.conf.FetchTriggerValuesAfterReturning;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.MappedTable;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** The tables of one store under the names they have in its database. */
public final class Schema {

  private static final String HISTORY = "daybook_schema_history";
  private static final Map<TableNames.Table, Table<?>> TABLES =
      new EnumMap<>(
          Map.of(
              TableNames.Table.STREAMS, STREAMS,
              TableNames.Table.EVENTS, EVENTS,
              TableNames.Table.EVENTS_TAGS, EVENTS_TAGS,
              TableNames.Table.SNAPSHOTS, SNAPSHOTS,
              TableNames.Table.DOC_META, DOC_META,
              TableNames.Table.DOC_RECORDS, DOC_RECORDS,
              TableNames.Table.CHECKPOINTS, CHECKPOINTS,
              TableNames.Table.DEAD_LETTERS, DEAD_LETTERS,
              TableNames.Table.LOADS, LOADS));
  private static final String HISTORY_SUFFIX = "_schema_history";

  private final Map<String, String> names = new LinkedHashMap<>();
  private final String history;
  private final String schema;

  /**
   * @throws InvalidInputException if two tables have one name, or a prefixed name is too long
   */
  public Schema(TableNames given) {
    TABLES.forEach((name, table) -> name(given, table, given.given(name)));
    long distinct =
        names.values().stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().count();
    if (distinct < names.size()) {
      throw new InvalidInputException("two tables have one name: " + names.values());
    }
    String events = actual(EVENTS);
    boolean ownEvents = !events.equals(given.prefix() + EVENTS.getName());
    this.schema = given.schema();
    this.history = ownEvents ? events + HISTORY_SUFFIX : given.prefix() + HISTORY;
  }

  /**
   * The names of a store whose history has this name; empty if no store's has. Of names that were
   * given one by one only that of the events is known.
   */
  static Optional<TableNames> ofHistory(String history) {
    if (history.equals(HISTORY)) {
      return Optional.of(TableNames.defaults());
    }
    try {
      if (history.endsWith(HISTORY)) {
        return Optional.of(TableNames.prefixed(without(history, HISTORY)));
      }
      return history.endsWith(HISTORY_SUFFIX)
          ? Optional.of(
              TableNames.defaults().with(TableNames.Table.EVENTS, without(history, HISTORY_SUFFIX)))
          : Optional.empty();
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  /** Names as a program asks for them, with the table of events that they mean. */
  static String described(TableNames names) {
    StringBuilder asked = new StringBuilder("TableNames.");
    asked.append(
        names.prefix().isEmpty() ? "defaults()" : "prefixed(\"%s\")".formatted(names.prefix()));
    names
        .given(TableNames.Table.EVENTS)
        .ifPresent(events -> asked.append(".with(EVENTS, \"%s\")".formatted(events)));
    if (!names.schema().isEmpty()) {
      asked.append(".inSchema(\"%s\")".formatted(names.schema()));
    }
    return "\"%s\": %s".formatted(new Schema(names).actual(EVENTS), asked);
  }

  private static String without(String name, String ending) {
    return name.substring(0, name.length() - ending.length());
  }

  /** The table of events. */
  public static Table<?> events() {
    return EVENTS;
  }

  /** All tables of the store. */
  public static List<Table<?>> tables() {
    return List.copyOf(TABLES.values());
  }

  /** The name of a table in the database. */
  public String actual(Table<?> table) {
    String name = names.get(table.getName());
    if (name == null) {
      throw new IllegalArgumentException(table + " is not a table of the store");
    }
    return name;
  }

  /** The name of a table in the database, with its schema if one was given. */
  public Name name(Table<?> table) {
    return name(actual(table));
  }

  /** A table's name, with its schema if one was given. */
  Name name(String table) {
    return schema.isEmpty() ? DSL.name(table) : DSL.name(schema, table);
  }

  /**
   * Makes sure that the tables can be where they are to be.
   *
   * @throws OpenException if a schema was asked for and the database has none
   */
  public void requireHonoured(Dialect dialect) {
    if (!schema.isEmpty() && !dialect.hasSchemas()) {
      throw new OpenException(
          OpenException.Reason.OPTION,
          "the schema \"%s\" was asked for, and the database has no schemas; expected names without one"
              .formatted(schema));
    }
  }

  /** The schema that the tables are in; empty for the connection's own. */
  String schema() {
    return schema;
  }

  /** A renderer of typed statements for these names. Has no connection. */
  public DSLContext renderer(Dialect dialect) {
    MappedSchema mapped =
        new MappedSchema().withInput(EVENTS.getSchema().getName()).withOutput(schema);
    names.forEach(
        (from, to) -> mapped.withTables(new MappedTable().withInput(from).withOutput(to)));
    Settings settings =
        new Settings()
            .withRenderSchema(!schema.isEmpty())
            // We have no triggers. Otherwise jOOQ reads a generated key back by a second statement.
            .withFetchTriggerValuesAfterReturning(FetchTriggerValuesAfterReturning.NEVER)
            .withRenderMapping(new RenderMapping().withSchemata(mapped));
    return dialect.renderer(settings);
  }

  /** Where Flyway writes down which migrations it has run for this store. */
  String history() {
    return history;
  }

  /** The names as the migrations ask for them. */
  Map<String, String> placeholders() {
    return names;
  }

  private void name(TableNames given, Table<?> table, Optional<String> override) {
    String name = override.orElse(given.prefix() + table.getName());
    if (name.length() > TableNames.MAX_LENGTH) {
      throw new InvalidInputException(
          "table name \"%s\" has %s characters; expected at most %s"
              .formatted(name, name.length(), TableNames.MAX_LENGTH));
    }
    names.put(table.getName(), name);
  }
}
