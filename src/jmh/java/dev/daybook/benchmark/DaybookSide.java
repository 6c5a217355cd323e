package dev.daybook.benchmark;

import dev.daybook.Daybook;

/** Daybook, as an application would use it: one for all threads. */
final class DaybookSide implements Side {

  private final Daybook daybook;
  private final AutoCloseable connections;

  /**
   * On a Daybook.
   *
   * @param connections what to close when it is closed
   */
  DaybookSide(Daybook daybook, AutoCloseable connections) {
    this.daybook = daybook;
    this.connections = connections;
  }

  Daybook daybook() {
    return daybook;
  }

  @Override
  public Caller caller() {
    return new DaybookCaller(daybook);
  }

  @Override
  public void close() throws Exception {
    daybook.close();
    connections.close();
  }
}
