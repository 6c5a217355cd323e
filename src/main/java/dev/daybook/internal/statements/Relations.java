package dev.daybook.internal.statements;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a database has by a name that rows can be read from. */
public final class Relations {

  private static final String[] KINDS = {"TABLE", "PARTITIONED TABLE", "VIEW"};

  private Relations() {}

  /**
   * A table or a view.
   *
   * @param schema the schema that it is in; {@code null} without one
   */
  public record Relation(@Nullable String schema, String name) {}

  /**
   * The names of all tables and views.
   *
   * @param schema the schema that they are in; {@code null} without one
   */
  public static List<String> names(Connection connection, @Nullable String schema)
      throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet found = connection.getMetaData().getTables(null, schema, "%", KINDS)) {
      while (found.next()) {
        // The schema is a pattern, in which an underscore stands for any character.
        if (schema == null || schema.equals(found.getString("TABLE_SCHEM"))) {
          names.add(found.getString("TABLE_NAME"));
        }
      }
    }
    return names;
  }

  /** The tables and views that have a column of this name, in any schema. */
  public static List<Relation> withColumn(Connection connection, String column)
      throws SQLException {
    List<Relation> relations = new ArrayList<>();
    try (ResultSet found = connection.getMetaData().getColumns(null, null, "%", column)) {
      while (found.next()) {
        // The column is a pattern, too.
        if (column.equals(found.getString("COLUMN_NAME"))) {
          relations.add(
              new Relation(found.getString("TABLE_SCHEM"), found.getString("TABLE_NAME")));
        }
      }
    }
    return relations;
  }
}
