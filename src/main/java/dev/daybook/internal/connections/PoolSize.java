package dev.daybook.internal.connections;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.OptionalInt;
import javax.sql.DataSource;

/** How many connections an application's pool has to give, where that can be asked. */
final class PoolSize {

  private static final String HIKARI = "com.zaxxer.hikari.HikariDataSource";

  private PoolSize() {}

  /** Empty unless it is a pool of HikariCP, which need not be on the class path. */
  static OptionalInt of(DataSource dataSource) {
    try {
      Class.forName(HIKARI, false, PoolSize.class.getClassLoader());
      return OfHikari.of(dataSource);
    } catch (ClassNotFoundException | SQLException e) {
      return OptionalInt.empty();
    }
  }

  /** Loaded only where the pool is. */
  private static final class OfHikari {

    private OfHikari() {}

    static OptionalInt of(DataSource dataSource) throws SQLException {
      return dataSource.isWrapperFor(HikariDataSource.class)
          ? OptionalInt.of(dataSource.unwrap(HikariDataSource.class).getMaximumPoolSize())
          : OptionalInt.empty();
    }
  }
}
