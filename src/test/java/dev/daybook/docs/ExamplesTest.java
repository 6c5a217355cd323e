package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.daybook.Daybook;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in plain Java is compiled, tested and run, and asked by HTTP. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExamplesTest {

  private static final int MOST_LINES = 150;

  /** What is no code that a reader would have to write and understand. */
  private static final Pattern NOT_COUNTED =
      Pattern.compile("\\s*|(package|import) .*|\\s*(/\\*\\*|\\*|//).*");

  @TempDir private static Path classes;
  private static Example example;

  @TempDir private Path directory;

  @BeforeAll
  static void compile() throws IOException {
    example = Example.compiled("plain", classes);
  }

  private static void runAndRestart(String database) throws Exception {
    for (int start = 1; start <= 2; start++) {
      try (Daybook daybook = Daybook.open(database)) {
        HttpServer http = start(daybook);
        try {
          OrderClient client = OrderClient.at(http.getAddress().getPort());
          if (start == 1) {
            client.takeOrders();
            assertThat(client.get("/metrics").text())
                .contains("daybook_events_appended_total{type=\"Placed\"} 2.0");
          } else {
            client.takeAnother();
          }
        } finally {
          http.stop(0);
        }
      }
    }
  }

  private static HttpServer start(Daybook daybook) throws Exception {
    Method start =
        example
            .loader()
            .loadClass("example.orders.OrderService")
            .getDeclaredMethod("start", Daybook.class, int.class);
    start.setAccessible(true);
    return example.call(() -> (HttpServer) start.invoke(null, daybook, 0));
  }

  @Test
  void the_service_runs_on_a_file_and_continues_after_a_restart() throws Exception {
    runAndRestart(directory.resolve("orders.db").toString());
  }

  @Test
  void the_service_runs_on_a_server_and_continues_after_a_restart() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      runAndRestart(database.url());
    }
  }

  @Test
  void the_tests_of_the_example_pass() throws Exception {
    example.requireTestsPass(5, "example.orders.OrderTest", "example.orders.OrderServiceTest");
  }

  @Test
  void it_is_short() throws IOException {
    try (Stream<Path> files = Files.walk(example.directory().resolve("src/main"))) {
      long lines = 0;
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        List<String> all = Files.readAllLines(file);
        lines += all.stream().filter(line -> !NOT_COUNTED.matcher(line).matches()).count();
      }
      assertThat(lines).isPositive().isLessThanOrEqualTo(MOST_LINES);
    }
  }

  @Test
  void its_libraries_are_those_of_the_build() throws IOException {
    String build = Files.readString(Path.of("pom.xml"));

    assertThat(
            Pattern.compile("<version>([^<]+)</version>")
                .matcher(Files.readString(example.directory().resolve("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .filter(version -> !version.equals("1")))
        .isNotEmpty()
        .allSatisfy(version -> assertThat(build).contains(">" + version + "<"));
  }
}
