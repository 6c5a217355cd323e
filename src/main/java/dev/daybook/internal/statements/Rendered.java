package dev.daybook.internal.statements;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;

/**
 * A statement of the typed DSL as text, with the places of its parameters. A {@link Param} without
 * a value is set at each run; one with a value brings it along. Safe for several threads.
 */
public final class Rendered {

  private static final class Text {

    private final String sql;
    private final Param<?>[] params;
    private final Binder[] binders;
    private final boolean hasValues;

    private Text(String sql, List<Param<?>> params) {
      this.sql = sql;
      this.params = params.toArray(Param<?>[]::new);
      this.binders =
          params.stream().map(param -> Binder.of(param.getType())).toArray(Binder[]::new);
      this.hasValues = params.stream().anyMatch(param -> param.getValue() != null);
    }

    static Text of(DSLContext dsl, Query query) {
      List<Param<?>> params =
          dsl.extractParams(query).values().stream().filter(param -> !param.isInline()).toList();
      return new Text(dsl.render(query), params);
    }

    static Text joined(List<Rendered> statements) {
      return new Text(
          statements.stream().map(Rendered::sql).collect(Collectors.joining(";\n")),
          statements.stream().flatMap(each -> Stream.of(each.text.get().params)).toList());
    }
  }

  private final Lazy<Text> text;
  private final boolean several;

  private Rendered(Supplier<Text> text, boolean several) {
    this.text = new Lazy<>(text);
    this.several = several;
  }

  /** Renders a statement at its first use, and once. */
  public static Rendered of(DSLContext dsl, Supplier<? extends Query> query) {
    return new Rendered(() -> Text.of(dsl, query.get()), false);
  }

  /** Several statements as one text. */
  public static Rendered joined(List<Rendered> statements) {
    return new Rendered(() -> Text.joined(statements), true);
  }

  public String sql() {
    return text.get().sql;
  }

  /** Whether it is several statements as one text. */
  boolean isSeveral() {
    return several;
  }

  @Override
  public String toString() {
    return sql();
  }

  boolean has(Param<?> param) {
    for (Param<?> known : text.get().params) {
      if (known == param) {
        return true;
      }
    }
    return false;
  }

  void bindValues(PreparedStatement statement) throws SQLException {
    Text known = text.get();
    if (known.hasValues) {
      for (int i = 0; i < known.params.length; i++) {
        Object value = known.params[i].getValue();
        if (value != null) {
          known.binders[i].bind(statement, i + 1, value);
        }
      }
    }
  }

  /**
   * Binds every place of a parameter. There are at most a dozen, so looking is faster than a map.
   */
  void bind(PreparedStatement statement, Param<?> param, @Nullable Object value)
      throws SQLException {
    Text known = text.get();
    boolean found = false;
    for (int i = 0; i < known.params.length; i++) {
      if (known.params[i] == param) {
        found = true;
        if (value == null) {
          statement.setNull(i + 1, known.binders[i].sqlType);
        } else {
          known.binders[i].bind(statement, i + 1, value);
        }
      }
    }
    requireFound(found);
  }

  /** Binds every place of a number. */
  void bind(PreparedStatement statement, Param<Long> param, long value) throws SQLException {
    Param<?>[] params = text.get().params;
    boolean found = false;
    for (int i = 0; i < params.length; i++) {
      if (params[i] == param) {
        found = true;
        statement.setLong(i + 1, value);
      }
    }
    requireFound(found);
  }

  private void requireFound(boolean found) {
    if (!found) {
      throw new IllegalArgumentException("no such parameter in: " + this);
    }
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
