package dev.daybook.benchmark.reference;

import java.sql.Connection;
import java.sql.SQLException;

/** What has to be written by hand anew for each database. */
public interface ReferenceDialect {

  /** Whether one connection writes for all callers, by turns. Otherwise each has its own. */
  boolean hasOneWriter();

  Connection connectWriter() throws SQLException;

  Connection connectReader() throws SQLException;

  /** Reads a long result on a reader's connection, and leaves no transaction behind. */
  long read(Connection reader, LongRead read) throws SQLException;

  Transaction transaction(Connection connection) throws SQLException;

  EventInserts inserts(Connection connection) throws SQLException;

  /** How many rows of a long result to fetch at once; 0 where the driver reads them one by one. */
  int fetchSize();
}
