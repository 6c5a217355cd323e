package dev.daybook.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.DelegatingDataSource;
import dev.daybook.error.OpenException;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Word of another process's commits, where it comes by itself. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PushTest {

  private static final Duration LONG = Await.PATIENCE;
  private static final Duration NEVER_IN_TIME = Duration.ofHours(1);
  private static final String LOOKING = "query like '%pg_current_snapshot%'";
  private static final String KILL =
      "select count(pg_terminate_backend(pid)) from pg_stat_activity where ";
  private static final int CONNECTIONS = 10;
  private static final int APPENDS = 200;

  private final PostgresDatabase database = PostgresServer.shared().newDatabase();

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @Test
  void what_another_daybook_appends_is_heard_of_without_looking() throws Exception {
    try (Daybook writer = Daybook.builder(pool()).build();
        Daybook reader = Daybook.builder(pool()).pollInterval(NEVER_IN_TIME).build()) {
      for (long position = 1; position <= 3; position++) {
        FutureTask<Boolean> wait = waiting(reader, position);
        append(writer);

        assertThat(Await.result(wait)).isTrue();
      }
    }
  }

  @Test
  void without_push_it_is_heard_of_by_looking() throws Exception {
    try (Daybook writer = Daybook.builder(pool()).push(false).build();
        Daybook reader = Daybook.builder(pool()).push(false).build()) {
      FutureTask<Boolean> wait = waiting(reader, 1);
      append(writer);

      assertThat(Await.result(wait)).isTrue();
    }
  }

  /** It had kept readers from an event that was committed meanwhile, and told of. */
  @Test
  void who_appends_in_vain_is_heard_of_too() throws Exception {
    try (Daybook daybook =
        Daybook.builder(pool()).push(false).pollInterval(Duration.ZERO).build()) {
      append(daybook);
      CountDownLatch appended = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      FutureTask<Boolean> inVain = new FutureTask<>(() -> appendInVain(daybook, appended, go));
      new Thread(inVain).start();
      Await.reached(appended);
      AtomicLong told = new AtomicLong();
      daybook.notifier().onNews(told::set);
      append(daybook);
      assertThat(daybook.rawJournal().latestPosition()).isEqualTo(1);

      go.countDown();

      assertThat(Await.result(inVain)).isTrue();
      Await.until(() -> told.get() == 3);
    }
  }

  private static boolean appendInVain(Daybook daybook, CountDownLatch appended, CountDownLatch go) {
    try {
      daybook.transaction(
          transaction -> {
            daybook
                .within(transaction)
                .rawJournal()
                .append("in vain", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
            appended.countDown();
            go.await();
            throw new IllegalStateException("in vain");
          });
      return false;
    } catch (Exception e) {
      return "in vain".equals(e.getMessage());
    }
  }

  @Test
  void a_listener_that_lost_its_connection_listens_again() throws Exception {
    try (Daybook writer = Daybook.builder(pool()).build();
        Daybook reader = Daybook.builder(pool()).pollInterval(NEVER_IN_TIME).build()) {
      append(writer);
      FutureTask<Boolean> wait = waiting(reader, 3);
      Await.until(() -> listeners(KILL + LOOKING) == 1);
      append(writer);
      Await.until(() -> listeners("select count(*) from pg_stat_activity where " + LOOKING) == 1);
      append(writer);

      assertThat(Await.result(wait)).isTrue();
    }
  }

  @Test
  void appends_wait_for_no_telling_and_one_telling_does_for_many() throws Exception {
    TellingDataSource connections = new TellingDataSource(pool());
    try (Daybook writer = Daybook.builder(connections).build();
        Daybook reader = Daybook.builder(pool()).pollInterval(NEVER_IN_TIME).build()) {
      FutureTask<Boolean> wait = waiting(reader, APPENDS);
      for (int i = 0; i < APPENDS; i++) {
        append(writer);
      }
      assertThat(connections.tellings).hasValueLessThanOrEqualTo(1);
      connections.mayTell.countDown();

      assertThat(Await.result(wait)).isTrue();
      assertThat(connections.tellings).hasValueLessThanOrEqualTo(2);
    }
  }

  @Test
  void a_daybook_that_is_closed_at_once_has_told_of_its_last_append() throws Exception {
    try (Daybook reader = Daybook.builder(pool()).pollInterval(NEVER_IN_TIME).build()) {
      FutureTask<Boolean> wait = waiting(reader, 1);
      try (Daybook writer = Daybook.builder(pool()).build()) {
        append(writer);
      }

      assertThat(Await.result(wait)).isTrue();
    }
  }

  @Test
  void sqlite_refuses_it() {
    try (Daybook daybook = Daybook.builder(Path.of(":memory:")).push(true).build()) {
      assertThatThrownBy(daybook::schemaVersion)
          .isInstanceOfSatisfying(
              OpenException.class,
              e -> assertThat(e.reason()).isEqualTo(OpenException.Reason.OPTION));
    }
  }

  private DataSource pool() {
    return database.pool(CONNECTIONS);
  }

  private static void append(Daybook daybook) {
    daybook.rawJournal().append("a", ExpectedSeq.any(), EncodedEvent.json("T", "{}"));
  }

  private static FutureTask<Boolean> waiting(Daybook daybook, long position) {
    FutureTask<Boolean> wait =
        new FutureTask<>(() -> daybook.notifier().awaitPosition(position, LONG));
    new Thread(wait).start();
    return wait;
  }

  private long listeners(String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                sql + " and pid <> pg_backend_pid() and datname = current_database()")) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Counts how often others are told, and keeps them waiting for that until they may be. */
  private static final class TellingDataSource extends DelegatingDataSource {

    final AtomicInteger tellings = new AtomicInteger();
    final CountDownLatch mayTell = new CountDownLatch(1);

    TellingDataSource(DataSource delegate) {
      super(delegate);
    }

    @Override
    protected Connection wrap(Connection connection) {
      return (Connection)
          Proxy.newProxyInstance(
              TellingDataSource.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, args) -> {
                if (args != null && args[0] instanceof String sql && sql.contains("pg_notify")) {
                  tellings.incrementAndGet();
                  mayTell.await();
                }
                try {
                  return method.invoke(connection, args);
                } catch (InvocationTargetException e) {
                  throw e.getCause() == null ? e : e.getCause();
                }
              });
    }
  }
}
