package dev.daybook.benchmark.reference;

import java.sql.SQLException;

/** Reads a result that is not fetched at once. */
@FunctionalInterface
public interface LongRead {
  long run() throws SQLException;
}
