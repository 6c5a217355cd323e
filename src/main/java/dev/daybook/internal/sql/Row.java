package dev.daybook.internal.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The row that a query is at. Columns count from 1, in the order of the select list. */
public final class Row {

  private final Session session;
  private final ResultSet result;
  private long bytes;

  Row(Session session, ResultSet result) {
    this.session = session;
    this.result = result;
  }

  /** A value of each row that is left, up to the first that is not within. */
  static <T> List<T> all(
      Session session, ResultSet result, RowReader<T> reader, Predicate<? super T> within)
      throws SQLException {
    Row row = new Row(session, result);
    List<T> values = new ArrayList<>();
    while (result.next()) {
      T value = reader.read(row);
      if (!within.test(value)) {
        break;
      }
      values.add(value);
    }
    return values;
  }

  /** A number; 0 for NULL. */
  public long number(int column) {
    try {
      return result.getLong(column);
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  public @Nullable Long optionalNumber(int column) {
    try {
      long value = result.getLong(column);
      return result.wasNull() ? null : value;
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  public @Nullable String optionalText(int column) {
    try {
      String text = result.getString(column);
      bytes += text == null ? 0 : text.length();
      return text;
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  public String text(int column) {
    return required(optionalText(column), column);
  }

  public byte @Nullable [] optionalBytes(int column) {
    try {
      byte[] value = result.getBytes(column);
      bytes += value == null ? 0 : value.length;
      return value;
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  public byte[] bytes(int column) {
    return required(optionalBytes(column), column);
  }

  /** How many bytes were read so far, about. */
  long bytes() {
    return bytes;
  }

  private static <T> T required(@Nullable T value, int column) {
    if (value == null) {
      throw new IllegalStateException("column " + column + " is NULL, which its table forbids");
    }
    return value;
  }
}
