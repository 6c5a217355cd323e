package dev.daybook.benchmark.reference;

import dev.daybook.benchmark.Caller;
import dev.daybook.benchmark.Side;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** JDBC written by hand, with every statement kept prepared. */
public final class JdbcSide implements Side {

  private final ReferenceDialect dialect;
  private final @Nullable Writes shared;

  public JdbcSide(ReferenceDialect dialect) throws SQLException {
    this.dialect = dialect;
    this.shared = dialect.hasOneWriter() ? new Writes(dialect) : null;
  }

  @Override
  public Caller caller() throws SQLException {
    return shared == null
        ? new JdbcCaller(dialect, new Writes(dialect), true)
        : new JdbcCaller(dialect, shared, false);
  }

  @Override
  public void close() throws SQLException {
    if (shared != null) {
      shared.close();
    }
  }
}
