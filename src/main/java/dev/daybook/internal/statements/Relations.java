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
}
