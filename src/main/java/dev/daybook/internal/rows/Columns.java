package dev.daybook.internal.rows;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.octetLength;

import dev.daybook.error.DamagedRowException;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The columns of a table, to read rows and write them again as they are, whatever they hold. */
public final class Columns {

  private record Column<T>(Field<T> field, Param<T> param) {

    static <T> Column<T> of(Field<T> field) {
      return new Column<>(field, DSL.param(field));
    }

    @Nullable Object read(Row row, int index) {
      Class<T> type = field.getType();
      if (type == byte[].class) {
        return row.optionalBytes(index);
      }
      if (type == String.class) {
        return row.optionalText(index);
      }
      Long number = row.optionalNumber(index);
      if (number != null && type == Integer.class) {
        return number.intValue();
      }
      return number;
    }

    void set(Execution prepared, @Nullable Object value) {
      prepared.set(param, field.getType().cast(value));
    }
  }

  private final Table<?> table;
  private final List<Column<?>> columns = new ArrayList<>();
  private final List<Field<?>> fields;

  /** All columns of a table but these, so that one that is added later is not forgotten. */
  public Columns(Table<?> table, Field<?>... without) {
    this.table = table;
    Set<Field<?>> left = Set.copyOf(Arrays.asList(without));
    for (Field<?> field : table.fields()) {
      if (!left.contains(field)) {
        columns.add(Column.of(field));
      }
    }
    this.fields = columns.stream().<Field<?>>map(Column::field).toList();
  }

  /** What to select for {@link #read}. */
  public List<Field<?>> fields() {
    return fields;
  }

  /** About how many bytes a row has in the database, in these columns. */
  public Field<Integer> size() {
    return fields.stream()
        .filter(field -> field.getType() == byte[].class || field.getType() == String.class)
        .map(field -> coalesce(octetLength(field.coerce(String.class)), inline(0)))
        .reduce(Field::plus)
        .orElse(inline(0));
  }

  /** The parameters of an insert of all these columns, to be set by {@link #set}. */
  public List<Param<?>> params() {
    return columns.stream().<Param<?>>map(Column::param).toList();
  }

  /** Inserts a row of all these columns, or {@linkplain #replacing replaces} that of its key. */
  public Query upsert(DSLContext dsl, List<? extends Field<?>> key) {
    return dsl.insertInto(table, fields)
        .values(params())
        .onConflict(key)
        .doUpdate()
        .set(replacing(fields, key));
  }

  /**
   * What an insert sets in the row that has its key: all of its columns but the key's, which stay,
   * as a distributed table wants it.
   */
  public static Map<Field<?>, Field<?>> replacing(
      List<? extends Field<?>> fields, List<? extends Field<?>> key) {
    Map<Field<?>, Field<?>> values = new LinkedHashMap<>();
    for (Field<?> field : fields) {
      if (!key.contains(field)) {
        values.put(field, excluded(field));
      }
    }
    return values;
  }

  /** The values of a row: texts, numbers, bytes and {@code null}. */
  public List<@Nullable Object> read(Row row) {
    List<@Nullable Object> values = new ArrayList<>(columns.size());
    for (Column<?> column : columns) {
      values.add(column.read(row, values.size() + 1));
    }
    return values;
  }

  /** Sets the parameters of an insert to what was read. */
  public Execution set(Execution insert, List<@Nullable Object> values) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).set(insert, values.get(i));
    }
    return insert;
  }

  /**
   * One of the values, of a column that is never NULL.
   *
   * @throws DamagedRowException if it is
   */
  public <T> T value(Field<T> field, List<@Nullable Object> values) {
    return present(field, field.getType().cast(values.get(fields.indexOf(field))));
  }

  /**
   * A value of a column that is never NULL.
   *
   * @throws DamagedRowException if it is
   */
  public static <T> T present(Field<?> field, @Nullable T value) {
    if (value == null) {
      throw new DamagedRowException(
          "the column %s holds NULL; expected a value".formatted(field.getName()), null);
    }
    return value;
  }
}
