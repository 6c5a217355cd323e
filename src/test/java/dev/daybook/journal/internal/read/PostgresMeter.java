package dev.daybook.journal.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.ExplainingDataSource;
import dev.daybook.conformance.ExplainingDataSource.Explained;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Counts pages, of tables and indexes, in memory or not. Requires also that rows come by an index
 * in its order, planned for the very values that are asked for.
 */
final class PostgresMeter implements Meter {

  /** An event costs its page and two of an index above it, and as many to look at two more tags. */
  private static final int PAGES_PER_EVENT = 7;

  /** Its page, if the server does not yet know that everybody sees all that is there. */
  private static final int PAGES_PER_ID = 1;

  /** Asking how far to read, and entering an index. */
  private static final int PAGES_PER_STATEMENT = 20;

  private final PostgresDatabase database = PostgresServer.shared().newDatabase();
  private final ExplainingDataSource dataSource = new ExplainingDataSource(database.dataSource());

  @Override
  public Daybook open() {
    return Daybook.builder(dataSource).build();
  }

  @Override
  public void settle() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("vacuum analyze");
    }
  }

  @Override
  public long costOf(Runnable work) {
    List<Explained> queries = dataSource.explain(work);
    assertThat(queries.stream().filter(query -> !isWatermark(query)))
        .isNotEmpty()
        .allSatisfy(
            query ->
                assertThat(query.steps())
                    .as("the plan of %s", query.sql())
                    .isSubsetOf(
                        "Limit",
                        "Result",
                        "Nested Loop",
                        "Merge Append",
                        "Index Scan",
                        "Index Only Scan"));
    return queries.stream().mapToLong(Explained::pages).sum();
  }

  @Override
  public long mostForEvents(int events) {
    return PAGES_PER_STATEMENT + (long) PAGES_PER_EVENT * events;
  }

  @Override
  public long mostForIds(int ids) {
    return PAGES_PER_STATEMENT + (long) PAGES_PER_ID * ids;
  }

  @Override
  public void close() {
    database.close();
  }

  private static boolean isWatermark(Explained query) {
    return query.sql().startsWith("with ");
  }
}
