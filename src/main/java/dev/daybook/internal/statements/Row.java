package dev.daybook.internal.statements;

import dev.daybook.error.DamagedRowException;
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

  /**
   * A number.
   *
   * @throws DamagedRowException if it is NULL, or no number
   */
  public long number(int column) {
    try {
      long value = result.getLong(column);
      if (value == 0 && !isZero(column)) {
        throw damage(column, "NULL", "a number");
      }
      return value;
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  /** What is known of a number in a row that is damaged: 0 if nothing is. */
  public long known(int column) {
    try {
      return result.getLong(column);
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  /** A number; 0 for NULL. */
  public long numberOrZero(int column) {
    Long value = optionalNumber(column);
    return value == null ? 0 : value;
  }

  public @Nullable Long optionalNumber(int column) {
    try {
      long value = result.getLong(column);
      return value == 0 && !isZero(column) ? null : (Long) value;
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  /**
   * What reads as 0 may be a zero, NULL, or no number at all. Only then it is read again, which
   * takes another call of the driver.
   */
  private boolean isZero(int column) throws SQLException {
    Object value = result.getObject(column);
    if (value != null && !(value instanceof Number)) {
      throw damage(column, "no number", "one");
    }
    return value != null;
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

  /**
   * A text.
   *
   * @throws DamagedRowException if it is NULL
   */
  public String text(int column) {
    String text = optionalText(column);
    if (text == null) {
      throw damage(column, "NULL", "a text");
    }
    return text;
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

  /**
   * Bytes.
   *
   * @throws DamagedRowException if they are NULL
   */
  public byte[] bytes(int column) {
    byte[] value = optionalBytes(column);
    if (value == null) {
      throw damage(column, "NULL", "bytes");
    }
    return value;
  }

  /** How many bytes were read so far, about. */
  long bytes() {
    return bytes;
  }

  private DamagedRowException damage(int column, String found, String expected) {
    try {
      String name = result.getMetaData().getColumnLabel(column);
      return new DamagedRowException(
          "the column %s holds %s; expected %s".formatted(name, found, expected), null);
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }
}
