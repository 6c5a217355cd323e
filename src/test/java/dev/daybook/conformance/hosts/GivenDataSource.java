package dev.daybook.conformance.hosts;

import dev.daybook.conformance.DelegatingDataSource;
import java.sql.Connection;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source that is there, for Agroal, which makes one by the name of a class. */
public final class GivenDataSource extends DelegatingDataSource {

  private static final ThreadLocal<@Nullable DataSource> GIVEN = new ThreadLocal<>();

  /** For Agroal. */
  public GivenDataSource() {
    super(Objects.requireNonNull(GIVEN.get()));
  }

  /** Makes something that makes one of this class, which stands for the given data source. */
  static <T> T around(DataSource given, Supplier<T> maker) {
    GIVEN.set(given);
    try {
      return maker.get();
    } finally {
      GIVEN.remove();
    }
  }

  @Override
  protected Connection wrap(Connection connection) {
    return connection;
  }
}
