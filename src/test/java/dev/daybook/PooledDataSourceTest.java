package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.DelegatingDataSource;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.error.OpenException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.settings.Synchronous;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool's connections go back to it, and then to an application that knows nothing of Daybook. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PooledDataSourceTest {

  /** Closing one of its connections keeps it open for the next who asks. */
  private static final class Pool extends DelegatingDataSource implements AutoCloseable {
    final Deque<Connection> idle = new ArrayDeque<>();
    final List<Connection> all = new ArrayList<>();

    Pool(DataSource delegate) {
      super(delegate);
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection pooled = idle.pollFirst();
      return pooled == null ? super.getConnection() : lend(pooled);
    }

    @Override
    protected Connection wrap(Connection connection) {
      all.add(connection);
      return lend(connection);
    }

    private Connection lend(Connection pooled) {
      return (Connection)
          Proxy.newProxyInstance(
              Pool.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, args) -> {
                if (method.getName().equals("close")) {
                  idle.addLast(pooled);
                  return null;
                }
                try {
                  return method.invoke(pooled, args);
                } catch (InvocationTargetException e) {
                  throw e.getCause() == null ? e : e.getCause();
                }
              });
    }

    @Override
    public void close() throws SQLException {
      for (Connection connection : all) {
        connection.close();
      }
    }
  }

  @TempDir private Path directory;
  private Pool pool = new Pool(SqliteDataSources.file(Path.of("unused.db")));

  @BeforeEach
  void fillPool() {
    pool = new Pool(SqliteDataSources.file(directory.resolve("journal.db")));
  }

  @AfterEach
  void closePool() throws SQLException {
    pool.close();
  }

  @Test
  void every_connection_can_be_written_by_whoever_gets_it_after_the_daybook_was_closed()
      throws SQLException {
    try (Daybook daybook = Daybook.open(pool)) {
      useManyConnections(daybook);
    }

    assertThat(pool.idle).hasSameSizeAs(pool.all).hasSizeGreaterThan(6);
    for (int i = 0; i < pool.all.size(); i++) {
      writeSomething(i);
    }
  }

  @Test
  void every_connection_has_the_settings_again_that_it_was_lent_with() throws SQLException {
    List<String> before = settings();
    try (Daybook daybook =
        Daybook.builder(pool)
            .busyTimeout(Duration.ofMillis(123))
            .synchronous(Synchronous.NORMAL)
            .build()) {
      useManyConnections(daybook);
    }

    for (int i = 0; i < pool.all.size(); i++) {
      assertThat(settings()).isEqualTo(before);
    }
  }

  @Test
  void a_connection_with_which_opening_failed_has_its_settings_again() throws SQLException {
    List<String> before = settings();
    try (Connection connection = pool.getConnection()) {
      DSL.using(connection, SQLDialect.SQLITE)
          .createTable("events")
          .column(DSL.field("id", Long.class))
          .execute();
    }
    try (Daybook daybook = Daybook.builder(pool).busyTimeout(Duration.ofMillis(123)).build()) {
      assertThatThrownBy(daybook::schemaVersion).isInstanceOf(OpenException.class);
    }

    assertThat(pool.all).hasSize(1);
    assertThat(settings()).isEqualTo(before);
  }

  @Test
  void a_connection_that_was_handed_back_early_can_be_written_too() throws SQLException {
    try (Daybook daybook = Daybook.open(pool)) {
      useManyConnections(daybook);

      assertThat(pool.idle).as("more readers than are kept").isNotEmpty();
      writeSomething(0);
    }
  }

  @Test
  void a_second_daybook_can_be_opened_on_the_same_pool() {
    for (int i = 0; i < 3; i++) {
      try (Daybook daybook = Daybook.open(pool)) {
        Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
        journal.append("a", ExpectedSeq.exactly(i), ParcelEvent.moved(i));
        assertThat(journal.read(EventQuery.stream("a"))).hasSize(i + 1);
      }
    }
  }

  private List<String> settings() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      DSLContext dsl = DSL.using(connection, SQLDialect.SQLITE);
      List<String> settings = new ArrayList<>();
      for (String name :
          List.of("busy_timeout", "foreign_keys", "synchronous", "query_only", "cache_size")) {
        settings.add(name + " = " + dsl.fetchValue("pragma " + name));
      }
      settings.add("auto-commit = " + connection.getAutoCommit());
      return settings;
    }
  }

  private void writeSomething(int number) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      assertThat(connection.getAutoCommit()).isTrue();
      DSLContext dsl = DSL.using(connection, SQLDialect.SQLITE);
      dsl.createTable("own_" + number).column(DSL.field("id", Long.class)).execute();
      assertThat(dsl.insertInto(DSL.table("own_" + number)).values(1L).execute()).isEqualTo(1);
    }
  }

  private static void useManyConnections(Daybook daybook) {
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
    journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
    journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(2));
    readAtOnce(journal, 6);
  }

  /** Has this many streams open, one inside another. */
  private static void readAtOnce(Journal<ParcelEvent> journal, int streams) {
    try (Stream<RecordedEvent<ParcelEvent>> events = journal.stream(EventQuery.all())) {
      assertThat(events.iterator().next().seq()).isEqualTo(1);
      if (streams > 1) {
        readAtOnce(journal, streams - 1);
      }
    }
  }
}
