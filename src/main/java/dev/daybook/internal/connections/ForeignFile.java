package dev.daybook.internal.connections;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.error.DatabaseException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.internal.dialect.sqlite.SqliteFiles;
import dev.daybook.internal.dialect.sqlite.SqliteSources;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * A SQLite file that another program has written. It is only read, and as it was at one moment:
 * when it was first read. No byte of it is changed, and a missing file is not made. For one thread.
 */
public final class ForeignFile implements AutoCloseable {

  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);
  private static final String OWN_TABLES = "sqlite_";

  private final Path file;
  private final Connection connection;
  private final DSLContext sql;

  private ForeignFile(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
    this.sql = DSL.using(connection, SQLDialect.SQLITE);
  }

  /**
   * Opens a file.
   *
   * @throws OpenException if there is none, or it is not a database
   * @throws InvalidInputException if its texts are not UTF-8
   */
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // Closed here if the caller does not get it.
  public static ForeignFile open(Path path) {
    try {
      Connection connection = SqliteSources.file(path, BUSY_TIMEOUT).connectToRead();
      ForeignFile opened = new ForeignFile(path, connection);
      try {
        connection.setAutoCommit(false);
        opened.requireUtf8();
        return opened;
      } catch (Throwable e) {
        opened.close();
        throw e;
      }
    } catch (OpenException e) {
      throw new OpenException(e.reason(), path + ": " + e.getMessage(), e);
    } catch (SQLException e) {
      throw SqliteFiles.failure(e);
    }
  }

  public Path path() {
    return file;
  }

  /** The names of its tables, each with those of its columns, in their order. */
  public Map<String, List<String>> tables() {
    Field<String> name = DSL.field(DSL.name("name"), String.class);
    Field<String> type = DSL.field(DSL.name("type"), String.class);
    Map<String, List<String>> tables = new LinkedHashMap<>();
    try {
      List<String> names =
          sql.select(name)
              .from(DSL.table(DSL.name("sqlite_master")))
              .where(type.eq("table"))
              .orderBy(name)
              .fetch(name);
      for (String table : names) {
        if (!table.startsWith(OWN_TABLES)) {
          tables.put(table, columns(table));
        }
      }
    } catch (DataAccessException e) {
      throw translated(e);
    }
    return tables;
  }

  private List<String> columns(String table) {
    List<String> columns = new ArrayList<>();
    for (Field<?> field :
        sql.select(DSL.asterisk()).from(DSL.table(DSL.name(table))).limit(0).fetch().fields()) {
      columns.add(field.getName());
    }
    return columns;
  }

  /** Whether a query can be run. */
  public boolean accepts(Function<DSLContext, ? extends ResultQuery<?>> query) {
    try {
      query.apply(sql).fetch();
      return true;
    } catch (DataAccessException e) {
      return false;
    }
  }

  /** The rows of a query, one by one; to be closed. */
  public Rows rows(Function<DSLContext, ? extends ResultQuery<?>> query) {
    try {
      return new Rows(query.apply(sql).fetchLazy());
    } catch (DataAccessException e) {
      throw translated(e);
    }
  }

  /** Rows that are read one by one. */
  public static final class Rows implements Iterator<Record>, AutoCloseable {

    private final Cursor<?> cursor;

    private Rows(Cursor<?> cursor) {
      this.cursor = cursor;
    }

    @Override
    public boolean hasNext() {
      try {
        return cursor.hasNext();
      } catch (DataAccessException e) {
        throw translated(e);
      }
    }

    @Override
    public Record next() {
      try {
        Record row = cursor.fetchNext();
        if (row == null) {
          throw new NoSuchElementException();
        }
        return row;
      } catch (DataAccessException e) {
        throw translated(e);
      }
    }

    @Override
    public void close() {
      cursor.close();
    }
  }

  /** What a text is as bytes shows its encoding. */
  private void requireUtf8() {
    try {
      byte[] text = sql.select(DSL.inline("a").cast(SQLDataType.BLOB)).fetchSingle().value1();
      if (text.length != 1) {
        throw new InvalidInputException(
            "%s: its texts are UTF-16; expected a file whose texts are UTF-8".formatted(file));
      }
    } catch (DataAccessException e) {
      throw translated(e);
    }
  }

  private static DaybookException translated(DataAccessException failure) {
    return failure.getCause() instanceof SQLException cause
        ? SqliteFiles.failure(cause)
        : new DatabaseException("a foreign file can't be read", failure);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqliteFiles.failure(e);
    }
  }
}
