package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in plain Java is compiled, tested and run, as the README of the examples says. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExamplesTest {

  private static final String SERVICE = "example.orders.OrderService";

  @TempDir private static Path classes;
  private static Example example;

  @TempDir private Path directory;

  @BeforeAll
  static void compile() throws IOException {
    example = Example.compiled("plain", classes);
  }

  private String run(String database) throws Exception {
    return example.run(directory, SERVICE, database);
  }

  private static String shown() throws IOException {
    return Block.of(Example.README, Block.page(Example.README)).stream()
        .filter(block -> block.language().equals("text"))
        .map(block -> String.join("\n", block.code()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void the_service_prints_what_its_page_shows_each_time() throws Exception {
    String file = directory.resolve("orders.db").toString();

    assertThat(run(file)).isEqualTo(shown());
    assertThat(run(file)).isEqualTo(shown());
  }

  @Test
  void the_service_runs_on_a_server() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      assertThat(run(database.url())).isEqualTo(shown());
    }
  }

  @Test
  void the_tests_of_the_example_pass() throws Exception {
    example.requireTestsPass(
        5, directory, "example.orders.OrderTest", "example.orders.OrderServiceTest");
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
