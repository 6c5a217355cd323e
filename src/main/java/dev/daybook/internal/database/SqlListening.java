package dev.daybook.internal.database;

import dev.daybook.internal.callback.Callbacks;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Calls a listener for each statement. Its failures don't fail the statement: that may be shared
 * with other callers, and its transaction would have to be repeated. Only the first failure is
 * logged with its stack trace, since there may be one for each statement.
 */
final class SqlListening implements Consumer<String> {

  private static final System.Logger LOG = System.getLogger("dev.daybook.database");

  private final Consumer<String> listener;
  private final AtomicBoolean hasFailed = new AtomicBoolean();

  SqlListening(Consumer<String> listener) {
    this.listener = listener;
  }

  @Override
  public void accept(String sql) {
    try {
      listener.accept(sql);
    } catch (Throwable e) {
      if (hasFailed.compareAndSet(false, true)) {
        Callbacks.log(
            LOG,
            System.Logger.Level.WARNING,
            "the SQL listener failed, which affects no statement and is logged once",
            e);
      }
    }
  }
}
