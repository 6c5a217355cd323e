package dev.daybook.benchmark;

/** One of those that are compared: Daybook, or JDBC written by hand. Safe for several threads. */
public interface Side extends AutoCloseable {

  /** What one thread works through. */
  Caller caller() throws Exception;

  @Override
  void close() throws Exception;
}
