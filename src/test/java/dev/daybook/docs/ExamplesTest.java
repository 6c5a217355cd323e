package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.daybook.conformance.JavaProcess;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The examples are compiled, tested and run, as their README says. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExamplesTest {

  private static final Path EXAMPLES = Path.of("src", "examples");
  private static final Path README = EXAMPLES.resolve("README.md");
  private static final Path PLAIN = EXAMPLES.resolve("plain");
  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final String SERVICE = "example.orders.OrderService";

  @TempDir private static Path classes;
  @TempDir private Path directory;

  @BeforeAll
  static void compile() throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none", "-Xlint:deprecation,unchecked,rawtypes", "-Werror", "-parameters"));
    arguments.addAll(List.of("-cp", CLASS_PATH, "-d", classes.toString()));
    try (Stream<Path> files = Files.walk(PLAIN)) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    }
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(result).as("what javac prints").isZero();
  }

  private static URLClassLoader loader() throws IOException {
    return new URLClassLoader(
        new URL[] {classes.toUri().toURL()}, ExamplesTest.class.getClassLoader());
  }

  private String run(String... arguments) throws Exception {
    try (URLClassLoader loader = loader();
        JavaProcess service =
            JavaProcess.start(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                directory,
                classes + File.pathSeparator + CLASS_PATH,
                loader.loadClass(SERVICE),
                arguments)) {
      return service.succeed().strip();
    }
  }

  private static String shown() throws IOException {
    return Block.of(README, Block.page(README)).stream()
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
    List<String> outcomes = new ArrayList<>();
    try (URLClassLoader loader = loader()) {
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(
                      selectClass(loader.loadClass("example.orders.OrderTest")),
                      selectClass(loader.loadClass("example.orders.OrderServiceTest")))
                  .build(),
              new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                  if (test.isTest()) {
                    outcomes.add(test.getDisplayName() + " " + result);
                  }
                }
              });
    }
    assertThat(outcomes)
        .hasSize(5)
        .allSatisfy(outcome -> assertThat(outcome).contains("SUCCESSFUL"));
  }

  @Test
  void its_libraries_are_those_of_the_build() throws IOException {
    String build = Files.readString(Path.of("pom.xml"));

    assertThat(
            Pattern.compile("<version>([^<]+)</version>")
                .matcher(Files.readString(PLAIN.resolve("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .filter(version -> !version.equals("1")))
        .isNotEmpty()
        .allSatisfy(version -> assertThat(build).contains(">" + version + "<"));
  }
}
