package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.error.OpenException.Reason;
import dev.daybook.fixture.PasswordServer;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases named by a URL, and that no password of one is ever repeated. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseUrlTest {

  private static final String SECRET = "hunter2";

  @TempDir private Path directory;
  private final Logger driver = Logger.getLogger("org.postgresql");
  private final LogLines log = new LogLines();

  @BeforeEach
  void hear_all_that_the_driver_logs() {
    driver.addHandler(log);
    driver.setLevel(Level.ALL);
    driver.setUseParentHandlers(false);
  }

  @AfterEach
  void hear_it_no_more() {
    driver.removeHandler(log);
    driver.setLevel(null);
    driver.setUseParentHandlers(true);
  }

  @Test
  void a_file_by_its_url_is_the_file_by_its_path() {
    Path file = directory.resolve("a b+c%20.db");
    try (Daybook daybook = Daybook.open("jdbc:sqlite:" + file)) {
      daybook.rawJournal().append("s", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
    }

    try (Daybook daybook = Daybook.open(file)) {
      assertThat(daybook.rawJournal().latestPosition()).isEqualTo(1);
    }
  }

  @Test
  void a_text_that_is_no_url_is_the_path_of_a_file() {
    Path file = directory.resolve("a=b c.db");
    try (Daybook daybook = Daybook.open(file.toString())) {
      daybook.rawJournal().append("s", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
    }

    try (Daybook daybook = Daybook.open(file)) {
      assertThat(daybook.rawJournal().latestPosition()).isEqualTo(1);
    }
  }

  @Test
  void a_text_that_can_be_no_path_is_refused() {
    assertThatThrownBy(() -> Daybook.open("a\0b.db"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the path");
  }

  @Test
  void memory_by_its_url_is_memory() {
    try (Daybook daybook = Daybook.open("jdbc:sqlite::memory:")) {
      daybook.rawJournal().append("s", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));

      assertThat(daybook.rawJournal().latestPosition()).isEqualTo(1);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://localhost:3306/app, jdbc:mysql://localhost:3306/app",
    "jdbc:mysql://localhost/app?user=u&password=hunter2, jdbc:mysql://localhost/app",
    "jdbc:sqlserver://localhost:1433;user=u;password=hunter2, jdbc:sqlserver://localhost:1433",
    "jdbc:oracle:thin:scott/hunter2@db:1521:x, jdbc:oracle:…",
    "postgresql://ann:hunter2@localhost/app, postgresql:…",
    "postgres://ann:hunt?hunter2@localhost/app, postgres:…",
    "postgres://localhost/app, postgres://localhost/app",
    "JDBC:POSTGRESQL://localhost/app, JDBC:POSTGRESQL://localhost/app",
    "ann:hunter2, ann:…",
    "host=localhost password=hunter2, …",
    "'', ''",
  })
  void another_url_is_refused_at_once_and_shown_without_what_may_be_secret(
      String url, String shown) {
    assertThatThrownBy(() -> Daybook.builder(url))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "\"%s\" is neither a file nor the URL of a database that Daybook knows; expected jdbc:postgresql://HOST:PORT/DATABASE, jdbc:sqlite:FILE or FILE",
            shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://ann:hunter2@localhost/app",
        "jdbc:postgresql://ann:hunt?hunter2@localhost/app",
        "jdbc:postgresql://localhost:hunter2/app",
        "jdbc:postgresql://localhost:0/app?password=hunter2",
        "jdbc:postgresql://localhost:65536/app?password=hunter2",
        "jdbc:postgresql://localhost:5432:hunter2/app",
        "jdbc:postgresql://local host/app?password=hunter2",
        "jdbc:postgresql://a,,b/app?password=hunter2",
        "jdbc:postgresql://localhost/app&password=hunter2",
        "jdbc:postgresql://localhost/app;password=hunter2",
        "jdbc:postgresql://localhost/app/password=hunter2",
        "jdbc:postgresql://localhost/app?user=ann;password=hunter2",
        "jdbc:postgresql://localhost/app?user=ann?password=hunter2",
        "jdbc:postgresql://localhost/app?password=hunter2%",
        "jdbc:postgresql://localhost/app?password=%hunter2",
        "jdbc:postgresql://localhost/app?password=hunter2&password=hunter2",
        "jdbc:postgresql://?service=app&password=hunter2",
        "jdbc:sqlite:journal.db?password=hunter2",
        "jdbc:sqlite:file:journal.db?key=hunter2",
        "jdbc:sqlite:",
      })
  void a_malformed_url_is_refused_at_once_and_not_repeated(String url) {
    Throwable refused = catchThrowable(() -> Daybook.builder(url));

    assertThat(refused).isInstanceOf(InvalidInputException.class);
    assertThat(refused.getMessage()).startsWith("the URL");
    assertHidden(refused);
  }

  @Test
  void a_parameter_that_the_driver_does_not_know_is_refused_when_it_is_opened() {
    OpenException refused =
        refusal(Daybook.builder("jdbc:postgresql://localhost/app?password=se&hunter2"));

    assertThat(refused.reason()).isEqualTo(Reason.OPTION);
    assertThat(refused)
        .hasMessageStartingWith(
            "postgresql://localhost:5432/app: parameter 2 of the URL is unknown to");
    assertHidden(refused);
  }

  @Test
  void credentials_are_for_a_server_only_and_are_given_once() {
    DaybookBuilder file = Daybook.builder("jdbc:sqlite::memory:");
    assertThatThrownBy(() -> file.user("ann"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("a user was given; only the database of a PostgreSQL URL takes one here");
    assertHidden(catchThrowable(() -> file.password(SECRET)));
    assertThatThrownBy(() -> Daybook.builder("jdbc:postgresql:app").user(""))
        .isInstanceOf(InvalidInputException.class);

    for (String given : List.of("user=bob", "password=hunter2")) {
      DaybookBuilder twice = Daybook.builder("jdbc:postgresql:app?" + given);
      twice.user("ann").password(SECRET);
      Throwable refused = catchThrowable(twice::build);
      assertThat(refused).isInstanceOf(InvalidInputException.class).hasMessageContaining("twice");
      assertHidden(refused);
    }
  }

  @Test
  void a_host_that_nobody_knows_is_named() {
    OpenException refused = refusal(Daybook.builder(url("nowhere.invalid")));

    assertThat(refused.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(refused)
        .hasMessage(
            "postgresql://nowhere.invalid:5432/app: no connection can be opened: the host nowhere.invalid is not known");
    assertHidden(refused);
  }

  @Test
  void a_port_where_nobody_listens_is_named() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }

    OpenException refused = refusal(Daybook.builder(url("localhost:" + port)));

    assertThat(refused.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(refused).hasMessageStartingWith("postgresql://localhost:" + port + "/app: ");
    assertHidden(refused);
  }

  @Test
  void a_wrong_password_in_the_url_reaches_the_server_and_is_not_repeated() throws Exception {
    try (PasswordServer server = new PasswordServer()) {
      OpenException refused = refusal(Daybook.builder(url(server.turnAway().place())));

      assertThat(server.await())
          .satisfies(
              guest -> {
                assertThat(guest.startup()).contains("user ann ").contains("database app ");
                assertThat(guest.password()).isEqualTo(SECRET);
              });
      assertNotLetIn(server, refused);
    }
  }

  @Test
  void a_wrong_password_beside_the_url_reaches_the_server_and_is_not_repeated() throws Exception {
    try (PasswordServer server = new PasswordServer()) {
      DaybookBuilder builder =
          Daybook.builder(
                  "jdbc:postgresql://" + server.turnAway().place() + "/app?sslpassword=" + SECRET)
              .user("ann")
              .password(SECRET);

      OpenException refused = refusal(builder);

      assertThat(server.await().password()).isEqualTo(SECRET);
      assertNotLetIn(server, refused);
    }
  }

  @Test
  void the_next_use_tries_again_and_no_pool_is_left_behind() throws Exception {
    try (PasswordServer server = new PasswordServer();
        Daybook daybook = Daybook.open(url(server.place()))) {
      for (int attempt = 1; attempt <= 2; attempt++) {
        server.turnAway();
        assertThatThrownBy(daybook::schemaVersion).isInstanceOf(OpenException.class);

        assertThat(server.await().password()).isEqualTo(SECRET);
        assertThat(poolThreads(server)).isEmpty();
      }
    }
  }

  private static List<String> poolThreads(PasswordServer server) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains(server.place()))
        .toList();
  }

  private void assertNotLetIn(PasswordServer server, OpenException refused) {
    assertThat(refused.reason()).isEqualTo(Reason.CREDENTIALS);
    assertThat(refused)
        .hasMessageStartingWith(
            "postgresql://%s/app: the server does not let the user in: FATAL: password authentication failed"
                .formatted(server.place()));
    assertThat(log.lines).isNotEmpty();
    assertHidden(refused);
  }

  private static String url(String place) {
    return "jdbc:postgresql://%s/app?user=ann&password=%s&sslpassword=%s"
        .formatted(place, SECRET, SECRET);
  }

  private static OpenException refusal(DaybookBuilder builder) {
    try (Daybook daybook = builder.build()) {
      return catchThrowableOfType(OpenException.class, daybook::schemaVersion);
    }
  }

  /** Neither in messages of it, its causes and what it suppressed, nor in the driver's log. */
  private void assertHidden(Throwable refused) {
    StringWriter text = new StringWriter();
    refused.printStackTrace(new PrintWriter(text));
    assertThat(text.toString()).contains("\tat ").doesNotContain(SECRET);
    assertThat(log.lines).noneMatch(line -> line.contains(SECRET));
  }

  /** What is logged, as text with its parameters and stack traces. */
  private static final class LogLines extends Handler {

    private final Formatter formatter = new SimpleFormatter();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    LogLines() {
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord record) {
      lines.add(formatter.format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
