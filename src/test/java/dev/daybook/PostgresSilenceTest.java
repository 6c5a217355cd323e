package dev.daybook;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.conformance.Await;
import dev.daybook.error.ClosedException;
import dev.daybook.error.ConnectionLostException;
import dev.daybook.error.DaybookException;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.fixture.SilencingProxy;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A network that swallows everything keeps nobody waiting for ever. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresSilenceTest {

  /** Without a limit each of them would wait for ever. */
  private static final long PATIENCE_SECONDS = 120;

  private static final int CALLERS = 6;

  private PostgresDatabase database;
  private SilencingProxy network;

  @BeforeEach
  void begin() throws IOException {
    database = PostgresServer.shared().newMigratedDatabase();
    network = SilencingProxy.before(database.url());
  }

  @AfterEach
  void end() {
    network.close();
    database.close();
  }

  @Test
  void an_append_ends_once_the_server_has_said_nothing_for_as_long_as_the_url_says()
      throws Exception {
    try (HikariDataSource pool = poolThrough(network)) {
      pool.addDataSourceProperty("socketTimeout", "1");
      try (Daybook daybook = Daybook.builder(pool).push(false).build()) {
        append(daybook);
        network.goSilent();

        CompletableFuture<?> hanging = onThread(() -> append(daybook));

        assertThatThrownBy(() -> hanging.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
            .hasCauseInstanceOf(ConnectionLostException.class);
        network.close();
      }
    }
  }

  @Test
  void closing_ends_what_hangs_in_a_pool_of_the_users_own() throws Exception {
    try (HikariDataSource pool = poolThrough(network)) {
      assertClosingEndsAppends(Daybook.builder(pool).build());
      network.close();
    }
  }

  /** The pool takes its time for closing. */
  @Test
  @Tag("system")
  void closing_ends_what_hangs_in_a_pool_of_daybooks_own() throws Exception {
    assertClosingEndsAppends(Daybook.open(network.through(database.url())));
  }

  @Test
  void closing_ends_an_opening_that_hangs() throws Exception {
    try (HikariDataSource pool = poolThrough(network)) {
      pool.getConnection().close();
      network.goSilent();
      Daybook daybook = Daybook.builder(pool).build();
      CompletableFuture<?> opening = onThread(daybook::schemaVersion);
      Await.until(() -> pool.getHikariPoolMXBean().getActiveConnections() > 0);

      inTime(onThread(daybook::close));

      assertThatThrownBy(() -> opening.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ClosedException.class);
      network.close();
    }
  }

  /** Whoever gets no connection is told so soon. */
  private HikariDataSource poolThrough(SilencingProxy way) {
    HikariDataSource pool = database.pool(CALLERS);
    pool.setJdbcUrl(way.through(database.url()));
    pool.setConnectionTimeout(Duration.ofSeconds(1).toMillis());
    return pool;
  }

  /** Those that are under way, those that wait for their turn, and the threads of its own. */
  private void assertClosingEndsAppends(Daybook daybook) throws Exception {
    append(daybook);
    daybook.notifier().onNews(position -> {});
    network.goSilent();
    List<CompletableFuture<Void>> hanging =
        IntStream.range(0, CALLERS).mapToObj(caller -> onThread(() -> append(daybook))).toList();

    inTime(onThread(daybook::close));

    for (CompletableFuture<Void> each : hanging) {
      assertThatThrownBy(() -> each.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .hasCauseInstanceOf(DaybookException.class);
    }
    assertThatThrownBy(() -> append(daybook)).isInstanceOf(ClosedException.class);
  }

  private static CompletableFuture<Void> onThread(Runnable work) {
    return CompletableFuture.runAsync(work, task -> new Thread(task).start());
  }

  private static void inTime(CompletableFuture<?> closing) throws Exception {
    closing.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static void append(Daybook daybook) {
    daybook.rawJournal().append("s", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
  }
}
