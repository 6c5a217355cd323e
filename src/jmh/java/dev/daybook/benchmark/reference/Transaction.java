package dev.daybook.benchmark.reference;

import java.sql.SQLException;

/** How a transaction that writes begins and ends on one connection. */
interface Transaction {

  void begin() throws SQLException;

  void commit() throws SQLException;

  void rollback() throws SQLException;
}
