package dev.daybook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.DelegatingDataSource;
import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking for what others have committed, when that fails. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangePollerTest {

  /** Fails whoever looks, once, as a data source of somebody else's may: not by its contract. */
  private static final class Surprising extends DelegatingDataSource {

    private final CountDownLatch failed = new CountDownLatch(1);

    Surprising(DataSource delegate) {
      super(delegate);
    }

    @Override
    protected Connection wrap(Connection connection) {
      return (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, args) -> {
                surprise();
                try {
                  return method.invoke(connection, args);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    private void surprise() {
      if (Thread.currentThread().getName().equals("daybook-poller") && failed.getCount() > 0) {
        failed.countDown();
        throw new IllegalStateException("the pool is loaded anew");
      }
    }
  }

  @TempDir private Path directory;

  @Test
  void whatever_a_look_fails_of_the_next_one_follows() throws Exception {
    Path file = directory.resolve("polled.db");
    Surprising surprising = new Surprising(SqliteDataSources.file(file));
    try (Daybook reader = Daybook.builder(surprising).build();
        Daybook writer = Daybook.open(file)) {
      AtomicLong told = new AtomicLong();
      reader.notifier().onNews(told::set);
      assertThat(surprising.failed.await(30, TimeUnit.SECONDS)).isTrue();

      for (int n = 1; n <= 2; n++) {
        EncodedEvent event = EncodedEvent.json("t", "{}");
        long position = writer.rawJournal().append("a", ExpectedSeq.any(), event).position();

        Await.until(() -> told.get() == position);
      }
    }
  }
}
