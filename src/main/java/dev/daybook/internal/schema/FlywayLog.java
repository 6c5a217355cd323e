package dev.daybook.internal.schema;

import java.util.function.Function;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What Flyway logs while it works for a store, under the library's own name, and each step as
 * {@code DEBUG}, because an application need not know of them. Flyway has one setting for the
 * process. It is as Flyway itself leaves it after a use: an application's own use of Flyway logs as
 * before.
 */
final class FlywayLog implements Log {

  private static final System.Logger LOG = System.getLogger("dev.daybook.schema");
  private static final Object LOCK = new Object();
  private static int uses;

  private FlywayLog() {}

  /** Runs work with a Flyway that is there already, or that the supplier makes. */
  static <T> T during(Supplier<Flyway> flyway, Function<Flyway, T> work) {
    begin();
    try {
      Flyway made = flyway.get();
      // To make one sets it back.
      set();
      return work.apply(made);
    } finally {
      end();
    }
  }

  private static void begin() {
    synchronized (LOCK) {
      uses++;
      set();
    }
  }

  private static void set() {
    LogFactory.setLogCreator(type -> new FlywayLog());
  }

  private static void end() {
    synchronized (LOCK) {
      uses--;
      if (uses == 0) {
        LogFactory.setLogCreator(null);
      }
    }
  }

  /** Flyway 10 asks for it. */
  @Override
  @SuppressWarnings("deprecation")
  public boolean isDebugEnabled() {
    return LOG.isLoggable(System.Logger.Level.TRACE);
  }

  @Override
  public void debug(String message) {
    LOG.log(System.Logger.Level.TRACE, message);
  }

  @Override
  public void info(String message) {
    LOG.log(System.Logger.Level.DEBUG, message);
  }

  @Override
  public void notice(String message) {
    LOG.log(System.Logger.Level.DEBUG, message);
  }

  @Override
  public void warn(String message) {
    LOG.log(System.Logger.Level.WARNING, message);
  }

  @Override
  public void error(String message) {
    LOG.log(System.Logger.Level.ERROR, message);
  }

  @Override
  public void error(String message, @Nullable Exception failure) {
    LOG.log(System.Logger.Level.ERROR, message, failure);
  }
}
