package dev.daybook.conformance;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/** Lends no connection while it is empty, and ignores an interrupt. */
public final class EmptyPool extends DelegatingDataSource {

  private volatile CountDownLatch filled = new CountDownLatch(0);
  private final List<Connection> late = new CopyOnWriteArrayList<>();

  public EmptyPool(DataSource delegate) {
    super(delegate);
  }

  public void empty() {
    late.clear();
    filled = new CountDownLatch(1);
  }

  public void fill() {
    filled.countDown();
  }

  /** The connections that callers wait for, or have waited for since it was last emptied. */
  public List<Connection> late() {
    return late;
  }

  @Override
  protected Connection wrap(Connection connection) throws SQLException {
    if (filled.getCount() > 0) {
      late.add(connection);
    }
    while (filled.getCount() > 0) {
      try {
        filled.await();
      } catch (InterruptedException e) {
        // As a driver that waits for a socket.
      }
    }
    return connection;
  }
}
