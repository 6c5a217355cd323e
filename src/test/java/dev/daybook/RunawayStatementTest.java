package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.conformance.Await;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.Function;

/** A statement of the user's that does not end by itself ends with its Daybook. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RunawayStatementTest {

  private static final String ENDLESS =
      "with recursive n(i) as (select running() union all select i + 1 from n) select max(i) from n";

  @TempDir Path directory;

  @Test
  void in_a_file() throws Exception {
    assertClosingEndsStatement(Daybook.open(directory.resolve("daybook.db")));
  }

  @Test
  void in_memory() throws Exception {
    assertClosingEndsStatement(Daybook.inMemory());
  }

  private static void assertClosingEndsStatement(Daybook daybook) throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    FutureTask<Throwable> transaction =
        new FutureTask<>(
            () ->
                catchThrowable(
                    () ->
                        daybook.transaction(
                            tx -> {
                              tx.dsl().connection(connection -> tell(connection, running));
                              tx.dsl().fetch(ENDLESS);
                            })));
    FutureTask<?> closing = new FutureTask<>(daybook::close, null);

    new Thread(transaction).start();
    Await.until(() -> running.getCount() == 0);
    new Thread(closing).start();

    Await.until(() -> closing.isDone() && transaction.isDone());
    assertThat(transaction.get()).isNotNull();
  }

  private static void tell(Connection connection, CountDownLatch running) throws SQLException {
    Function.create(
        connection,
        "running",
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            running.countDown();
            result(0);
          }
        });
  }
}
