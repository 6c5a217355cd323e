package dev.daybook.journal.internal.read;

import dev.daybook.Daybook;
import java.sql.SQLException;

/** A database that tells what it does for a query, in a unit of its own. */
interface Meter extends AutoCloseable {

  /** Opens a new store. */
  Daybook open();

  /** Lets the database get used to what the store was filled with. */
  void settle() throws SQLException;

  /** What some work costs. */
  long costOf(Runnable work) throws SQLException;

  /** What so many events may cost, looked up one by one. */
  long mostForEvents(int events);

  /** What so many ids may cost, which lie side by side in an index. */
  long mostForIds(int ids);

  @Override
  void close();
}
