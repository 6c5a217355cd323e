package dev.daybook.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Index;
import org.jooq.Named;
import org.jooq.SQLDialect;
import org.jooq.SortOrder;
import org.jooq.Table;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;
import org.jooq.tools.jdbc.JDBCUtils;
import org.jspecify.annotations.Nullable;

/** The tables of a store as its database knows them: one fact a line, in words of no dialect. */
final class DescribedSchema {

  private static final String IN_SQLITE = "select sql from sqlite_master where name = ?";
  private static final String IN_POSTGRESQL = "select indexdef from pg_indexes where indexname = ?";

  /** Of one dialect it is a table, and of the other a sequence. */
  private static final String POSITIONS = "events_position";

  private final Connection connection;
  private final String definitions;
  private final Set<String> lines = new TreeSet<>();

  DescribedSchema(Connection connection) throws SQLException {
    SQLDialect dialect = JDBCUtils.dialect(connection);
    this.connection = connection;
    this.definitions = dialect == SQLDialect.SQLITE ? IN_SQLITE : IN_POSTGRESQL;
    Set<String> ours = Schema.tables().stream().map(Named::getName).collect(Collectors.toSet());
    ours.add(POSITIONS);
    for (Table<?> table : DSL.using(connection, dialect).meta().getTables()) {
      if (ours.contains(table.getName())) {
        describe(table);
      }
    }
  }

  Set<String> lines() {
    return lines;
  }

  private void describe(Table<?> table) throws SQLException {
    add(table, "columns " + names(List.of(table.fields())));
    for (Field<?> field : table.fields()) {
      lines.add(table.getName() + "." + field.getName() + type(field.getDataType()));
    }
    for (UniqueKey<?> key : table.getUniqueKeys()) {
      add(table, "unique " + names(key.getFields()));
    }
    UniqueKey<?> primary = table.getPrimaryKey();
    if (primary != null) {
      add(table, "primary key " + names(primary.getFields()));
    }
    Map<String, String> deleteRules = deleteRules(table);
    for (ForeignKey<?, ?> key : table.getReferences()) {
      add(
          table,
          "foreign key %s to %s %s on delete %s"
              .formatted(
                  names(key.getFields()),
                  key.getKey().getTable().getName(),
                  names(key.getKeyFields()),
                  deleteRules.get(key.getFields().get(0).getName())));
    }
    for (Index index : table.getIndexes()) {
      String columns =
          index.getFields().stream()
              .map(it -> it.$field().getName() + (it.getOrder() == SortOrder.DESC ? " desc" : ""))
              .collect(Collectors.joining(", ", "(", ")"));
      String unique = index.getUnique() ? "unique " : "";
      add(table, unique + "index " + index.getName() + " " + columns + predicate(index));
    }
  }

  private void add(Table<?> table, String fact) {
    lines.add(table.getName() + " " + fact);
  }

  private static String type(DataType<?> type) {
    StringBuilder facts = new StringBuilder();
    if (type.isString()) {
      facts.append(" text");
    } else if (type.isBinary()) {
      facts.append(" binary");
    } else {
      facts.append(type.isInteger() ? " integer" : " " + type.getName());
    }
    if (!type.nullable()) {
      facts.append(" not null");
    }
    if (type.identity()) {
      facts.append(" generated");
    } else if (type.defaulted()) {
      facts.append(" default ").append(withoutCast(type.defaultValue()));
    }
    return facts.toString();
  }

  /** PostgreSQL says of which type a literal is. */
  private static @Nullable Field<?> withoutCast(@Nullable Field<?> value) {
    return value instanceof QOM.Cast<?> cast ? cast.$field() : value;
  }

  private static String names(List<? extends Named> parts) {
    return parts.stream().map(Named::getName).collect(Collectors.joining(", ", "(", ")"));
  }

  /** By the first column of a key. jOOQ doesn't say. */
  private Map<String, String> deleteRules(Table<?> table) throws SQLException {
    Map<String, String> rules = new TreeMap<>();
    try (ResultSet keys = connection.getMetaData().getImportedKeys(null, null, table.getName())) {
      while (keys.next()) {
        boolean cascade = keys.getInt("DELETE_RULE") == DatabaseMetaData.importedKeyCascade;
        rules.put(keys.getString("FKCOLUMN_NAME"), cascade ? "cascade" : "nothing else");
      }
    }
    return rules;
  }

  /** Which rows an index has. jOOQ and JDBC don't say, of both databases. */
  private String predicate(Index index) throws SQLException {
    try (PreparedStatement definition = connection.prepareStatement(definitions)) {
      definition.setString(1, index.getName());
      try (ResultSet result = definition.executeQuery()) {
        assertThat(result.next()).as(index.getName()).isTrue();
        String text = result.getString(1).replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        int where = text.indexOf(" where ");
        return where < 0 ? "" : text.substring(where).replaceAll("[()]", "");
      }
    }
  }
}
