package dev.daybook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.DelegatingDataSource;
import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Registration;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking for what others have committed, when that fails. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangePollerTest {

  /** Something happens to whoever looks, before a connection does what it is asked. */
  private abstract static class Looking extends DelegatingDataSource {

    Looking(DataSource delegate) {
      super(delegate);
    }

    abstract void before(String method) throws Exception;

    @Override
    protected Connection wrap(Connection connection) {
      return (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, args) -> {
                before(method.getName());
                try {
                  return method.invoke(connection, args);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    static boolean isLook() {
      return Thread.currentThread().getName().equals("daybook-poller");
    }
  }

  /** Fails whoever looks, once, as a data source of somebody else's may: not by its contract. */
  private static final class Surprising extends Looking {

    private final CountDownLatch failed = new CountDownLatch(1);

    Surprising(DataSource delegate) {
      super(delegate);
    }

    @Override
    void before(String method) {
      if (isLook() && failed.getCount() > 0) {
        failed.countDown();
        throw new IllegalStateException("the pool is loaded anew");
      }
    }
  }

  /** Does not answer until the connection is broken off, as a server behind a dead network. */
  private static final class Silent extends Looking {

    private volatile boolean silent;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch brokenOff = new CountDownLatch(1);

    Silent(DataSource delegate) {
      super(delegate);
    }

    @Override
    void before(String method) throws Exception {
      if (method.equals("abort")) {
        brokenOff.countDown();
      } else if (silent && isLook() && brokenOff.getCount() > 0) {
        asked.countDown();
        brokenOff.await();
        throw new SQLException("broken off", "08006");
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
      Await.reached(surprising.failed);

      for (int n = 1; n <= 2; n++) {
        EncodedEvent event = EncodedEvent.json("t", "{}");
        long position = writer.rawJournal().append("a", ExpectedSeq.any(), event).position();

        Await.until(() -> told.get() == position);
      }
    }
  }

  @Test
  void a_look_that_is_not_answered_does_not_keep_a_daybook_from_being_closed() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      Silent silent = new Silent(database.dataSource());
      Daybook daybook =
          Daybook.builder(silent).push(false).pollInterval(Duration.ofMillis(5)).build();
      CountDownLatch told = new CountDownLatch(1);
      daybook.notifier().onNews(position -> told.countDown());
      try (Daybook other = Daybook.builder(database.dataSource()).push(false).build()) {
        other.rawJournal().append("a", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
      }
      Await.reached(told);

      silent.silent = true;
      Await.reached(silent.asked);

      CompletableFuture<Void> closing = CompletableFuture.runAsync(daybook::close);

      Await.result(closing);
    }
  }

  /** A slow disk is enough. */
  @Test
  void a_look_that_was_broken_off_harms_nobody_else() throws Exception {
    DataSource file = SqliteDataSources.file(directory.resolve("slow.db"));
    Silent silent = new Silent(file);
    try (Daybook daybook = Daybook.builder(silent).pollInterval(Duration.ofMillis(5)).build()) {
      daybook.rawJournal().append("a", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
      CountDownLatch told = new CountDownLatch(1);
      Registration registration = daybook.notifier().onNews(position -> told.countDown());
      try (Daybook other = Daybook.open(file)) {
        other.rawJournal().append("a", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
      }
      Await.reached(told);
      silent.silent = true;
      Await.reached(silent.asked);

      registration.close();

      assertThat(silent.brokenOff.getCount()).isZero();
      for (int n = 1; n <= 10; n++) {
        assertThat(daybook.rawJournal().read(EventQuery.all())).hasSize(2);
      }
    }
  }
}
