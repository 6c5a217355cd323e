package dev.daybook.internal.dialect.sqlite;

import dev.daybook.error.DatabaseBusyException;
import dev.daybook.error.DatabaseException;
import dev.daybook.error.DatabaseMovedException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.OpenException;
import dev.daybook.error.ReadOnlyException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's failures mean, by their primary result code. */
final class SqliteFailures {

  private static final int PRIMARY_CODE = 0xff;

  private SqliteFailures() {}

  static DaybookException translate(SQLException failure) {
    if (is(failure, SQLiteErrorCode.SQLITE_BUSY, SQLiteErrorCode.SQLITE_LOCKED)) {
      return new DatabaseBusyException(
          "another connection is writing to the database, and did not finish within the busy timeout; if it has a transaction of this thread, use within(transaction) there: "
              + failure.getMessage(),
          failure);
    }
    if (failure instanceof SQLiteException sqlite
        && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_READONLY_DBMOVED) {
      return new DatabaseMovedException(
          "the file of the database was deleted, renamed or replaced while it was open", failure);
    }
    if (is(failure, SQLiteErrorCode.SQLITE_READONLY)) {
      return new ReadOnlyException(
          "the database can't be written; expected the right to write the file, its directory and its -wal and -shm, or a Daybook with readOnly(): "
              + failure.getMessage(),
          failure);
    }
    return new DatabaseException("the database failed: " + failure.getMessage(), failure);
  }

  static DaybookException whileOpening(DaybookException translated) {
    if (!(translated instanceof DatabaseException)
        || !(translated.getCause() instanceof SQLException failure)) {
      return translated;
    }
    if (is(failure, SQLiteErrorCode.SQLITE_NOTADB)) {
      return new OpenException(
          OpenException.Reason.NOT_A_DATABASE,
          "the file exists and is not a SQLite database",
          failure);
    }
    if (is(failure, SQLiteErrorCode.SQLITE_CANTOPEN)) {
      return new OpenException(
          OpenException.Reason.UNREACHABLE,
          "the file can't be opened, or what SQLite needs beside it can't be made; expected the right to write the file and its directory, or a Daybook with readOnly()",
          failure);
    }
    return translated;
  }

  static boolean saysMissingTable(SQLException failure) {
    return is(failure, SQLiteErrorCode.SQLITE_ERROR)
        && String.valueOf(failure.getMessage()).contains("no such table");
  }

  static boolean refusesContent(SQLException failure) {
    return is(failure, SQLiteErrorCode.SQLITE_CONSTRAINT, SQLiteErrorCode.SQLITE_ABORT);
  }

  /**
   * A statement of ours that SQLite does not accept any more means damage, too: of the table that
   * it names.
   */
  static boolean saysDamage(SQLException failure) {
    return is(
        failure,
        SQLiteErrorCode.SQLITE_CORRUPT,
        SQLiteErrorCode.SQLITE_NOTADB,
        SQLiteErrorCode.SQLITE_ERROR);
  }

  /**
   * Whether it is one of these. Other databases, which a handler may work with, have other codes.
   */
  static boolean is(SQLException failure, SQLiteErrorCode... codes) {
    int code = failure.getErrorCode() & PRIMARY_CODE;
    return failure instanceof SQLiteException
        && Stream.of(codes).anyMatch(each -> each.code == code);
  }
}
