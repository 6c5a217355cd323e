package dev.daybook.internal.statements;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;

/** What is sent to a database at once, as text, with the places of its parameters. */
final class SqlText {

  private final String sql;
  private final boolean several;
  private final Param<?>[] params;
  private final Binder[] binders;
  private final boolean hasValues;

  private SqlText(String sql, boolean several, List<Param<?>> params) {
    this.sql = sql;
    this.several = several;
    this.params = params.toArray(Param<?>[]::new);
    this.binders = params.stream().map(param -> Binder.of(param.getType())).toArray(Binder[]::new);
    this.hasValues = params.stream().anyMatch(param -> param.getValue() != null);
  }

  static SqlText of(DSLContext dsl, Query query) {
    List<Param<?>> params =
        dsl.extractParams(query).values().stream().filter(param -> !param.isInline()).toList();
    return new SqlText(dsl.render(query), false, params);
  }

  static SqlText joined(List<SqlText> statements) {
    return new SqlText(
        statements.stream().map(SqlText::sql).collect(Collectors.joining(";\n")),
        true,
        statements.stream().flatMap(each -> each.params().stream()).toList());
  }

  String sql() {
    return sql;
  }

  /** Its parameters, one for each place. */
  List<Param<?>> params() {
    return List.of(params);
  }

  /** Whether it is several statements. */
  boolean isSeveral() {
    return several;
  }

  void bindValues(PreparedStatement statement) throws SQLException {
    if (hasValues) {
      for (int i = 0; i < params.length; i++) {
        Object value = params[i].getValue();
        if (value != null) {
          binders[i].bind(statement, i + 1, value);
        }
      }
    }
  }

  /**
   * Binds every place of a parameter. There are at most a dozen, so a search is faster than a map.
   *
   * @return whether there is one
   */
  boolean bind(PreparedStatement statement, Param<?> param, @Nullable Object value)
      throws SQLException {
    boolean found = false;
    for (int i = 0; i < params.length; i++) {
      if (params[i] == param) {
        found = true;
        if (value == null) {
          statement.setNull(i + 1, binders[i].sqlType);
        } else {
          binders[i].bind(statement, i + 1, value);
        }
      }
    }
    return found;
  }

  /**
   * Binds every place of a number.
   *
   * @return whether there is one
   */
  boolean bind(PreparedStatement statement, Param<Long> param, long value) throws SQLException {
    boolean found = false;
    for (int i = 0; i < params.length; i++) {
      if (params[i] == param) {
        found = true;
        statement.setLong(i + 1, value);
      }
    }
    return found;
  }

  private enum Binder {
    TEXT(Types.VARCHAR) {
      @Override
      void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        statement.setString(index, (String) value);
      }
    },
    NUMBER(Types.BIGINT) {
      @Override
      void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        statement.setLong(index, ((Number) value).longValue());
      }
    },
    BYTES(Types.VARBINARY) {
      @Override
      void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        statement.setBytes(index, (byte[]) value);
      }
    },

    /** The driver of a database that takes arrays knows their types by what is in them. */
    ARRAY(Types.ARRAY) {
      @Override
      void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        statement.setObject(index, value);
      }
    };

    /**
     * NULL has the type of the other values: a server that prepares a statement does so for types.
     */
    private final int sqlType;

    Binder(int sqlType) {
      this.sqlType = sqlType;
    }

    abstract void bind(PreparedStatement statement, int index, Object value) throws SQLException;

    static Binder of(Class<?> type) {
      if (type == String.class) {
        return TEXT;
      }
      if (type == byte[].class) {
        return BYTES;
      }
      if (type == Long.class || type == Integer.class) {
        return NUMBER;
      }
      if (type == String[].class || type == Long[].class || type == byte[][].class) {
        return ARRAY;
      }
      throw new IllegalArgumentException("no way to bind a " + type.getName());
    }
  }
}
