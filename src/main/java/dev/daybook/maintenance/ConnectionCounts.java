package dev.daybook.maintenance;

import dev.daybook.meta.Internal;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How many connections there are, and how many there may be.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface ConnectionCounts {

  /**
   * How many connections this Daybook's pool opens at most: its own for a URL, or an application's
   * of HikariCP; empty for other pools, and without one.
   */
  OptionalInt poolSize();

  /** How many connections the server has to this database; empty where there is no server. */
  OptionalInt ofDatabase();

  /** How many the server has to all of its databases; empty where there is no server. */
  OptionalInt ofServer();

  /**
   * How many the server takes, without those that it keeps for administrators; empty where there is
   * no server.
   */
  OptionalInt mostOfServer();

  /** Whether the server has less than a tenth left, or takes less than the pool may open. */
  default boolean areScarce() {
    if (mostOfServer().isEmpty()) {
      return false;
    }
    int most = mostOfServer().getAsInt();
    return poolSize().orElse(0) > most || (most - ofServer().orElse(0)) * 10 < most;
  }

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("maintenance.internal makes it")
  record ConnectionCountsValues(
      OptionalInt poolSize, OptionalInt ofDatabase, OptionalInt ofServer, OptionalInt mostOfServer)
      implements ConnectionCounts {

    public ConnectionCountsValues {
      Objects.requireNonNull(poolSize, "poolSize");
      Objects.requireNonNull(ofDatabase, "ofDatabase");
      Objects.requireNonNull(ofServer, "ofServer");
      Objects.requireNonNull(mostOfServer, "mostOfServer");
    }
  }
}
