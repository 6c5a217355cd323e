package dev.daybook.internal.schema;

import dev.daybook.error.DaybookException;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.internal.statements.Relations;
import dev.daybook.internal.statements.Relations.Relation;
import dev.daybook.settings.TableNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Which tables a database has, and which of them say that they are the history of a store's
 * migrations. A store's tables may have been renamed without its history.
 */
final class FoundTables {

  private final Connection connection;
  private final Dialect dialect;
  private final Schema schema;
  private final String location;
  private final Lazy<List<Relation>> histories = new Lazy<>(this::findHistories);

  /**
   * @param schema the names that were asked for
   * @param location the folder of the migrations
   */
  FoundTables(Connection connection, Dialect dialect, Schema schema, String location) {
    this.connection = connection;
    this.dialect = dialect;
    this.schema = schema;
    this.location = location;
  }

  /** The schema that the tables are in, or would be made in; {@code null} where there is none. */
  @Nullable String here() {
    try {
      return schema.schema().isEmpty() ? connection.getSchema() : schema.schema();
    } catch (SQLException e) {
      throw dialect.translate(e, connection);
    }
  }

  List<String> searchedSchemas() {
    try {
      return dialect.searchedSchemas(connection);
    } catch (SQLException e) {
      throw dialect.translate(e, connection);
    }
  }

  /** The names of all tables where those of the store should be. */
  List<String> names() {
    return names(here());
  }

  /** The names of all tables in a schema. */
  List<String> names(@Nullable String in) {
    try {
      return Relations.names(connection, in);
    } catch (SQLException e) {
      throw dialect.translate(e, connection);
    }
  }

  /** The same in lower case, as databases compare them. */
  Set<String> folded() {
    return names().stream().map(FoundTables::fold).collect(Collectors.toSet());
  }

  /** Whether there is a table of exactly this name; where a connection has no schema, in any. */
  boolean has(String name) {
    return (!dialect.hasSchemas() || here() != null) && names().contains(name);
  }

  /**
   * The store's history: by its name, or else, if all tables of the store are there, the only one
   * that belongs to no other store.
   */
  Optional<String> history() {
    if (has(schema.history())) {
      return Optional.of(schema.history());
    }
    List<String> unclaimed = unclaimedHistories();
    return unclaimed.size() == 1 ? Optional.of(unclaimed.get(0)) : Optional.empty();
  }

  /** The histories that may be the store's, if all of its tables are there. */
  List<String> unclaimedHistories() {
    if (!folded().containsAll(asked())) {
      return List.of();
    }
    String here = here();
    return histories.get().stream()
        .filter(history -> Objects.equals(history.schema(), here))
        .map(Relation::name)
        .filter(history -> !belongsToAnother(history))
        .toList();
  }

  /** The stores in the database that are not the one that was asked for, by their names. */
  List<TableNames> otherStores() {
    List<TableNames> others = new ArrayList<>();
    String here = here();
    for (Relation history : histories.get()) {
      boolean isHere = Objects.equals(history.schema(), here);
      if (!isHere || !history.name().equals(schema.history())) {
        Schema.ofHistory(history.name())
            .filter(names -> hasEvents(names, history.schema()))
            .map(
                names ->
                    isHere || history.schema() == null ? names : names.inSchema(history.schema()))
            .ifPresent(others::add);
      }
    }
    return others;
  }

  private boolean hasEvents(TableNames names, @Nullable String in) {
    return names(in).contains(new Schema(names).actual(Schema.events()));
  }

  /** Whether it has the name of another store's, whose tables are there. */
  private boolean belongsToAnother(String history) {
    Set<String> asked = asked();
    Set<String> present = folded();
    return Schema.ofHistory(history)
        .map(FoundTables::folded)
        .filter(names -> !asked.containsAll(names) && present.containsAll(names))
        .isPresent();
  }

  private Set<String> asked() {
    return Schema.tables().stream()
        .map(schema::actual)
        .map(FoundTables::fold)
        .collect(Collectors.toSet());
  }

  /** Of names that are given one by one, only those that are. */
  private static Set<String> folded(TableNames names) {
    Schema other = new Schema(names);
    Set<String> folded = new HashSet<>();
    for (Table<?> table : Schema.tables()) {
      if (names.given(TableNames.Table.EVENTS).isEmpty() || table.equals(Schema.events())) {
        folded.add(fold(other.actual(table)));
      }
    }
    return folded;
  }

  private List<Relation> findHistories() {
    List<Relation> found = new ArrayList<>();
    try {
      for (Relation relation : Relations.withColumn(connection, MigrationHistory.RANK_COLUMN)) {
        if (isHistory(relation)) {
          found.add(relation);
        }
      }
    } catch (SQLException e) {
      throw dialect.translate(e, connection);
    }
    return found;
  }

  /** One that can't be read belongs to another user's store. */
  private boolean isHistory(Relation relation) {
    Name name =
        relation.schema() == null
            ? DSL.name(relation.name())
            : DSL.name(relation.schema(), relation.name());
    try {
      return new MigrationHistory(connection, dialect, name, location).isOfStore();
    } catch (DaybookException e) {
      return false;
    }
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
