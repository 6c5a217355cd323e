package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each example is built, tested and started by the command of its page, in a copy of its directory,
 * by its own pom.xml. Maven has a local repository of the test's, so that none else gets this
 * Daybook; what the build of Daybook has downloaded is a repository that it reads.
 */
@Tag("system")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExampleBuildsTest {

  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path POM = Path.of("pom.xml");

  private static final String SETTINGS =
      """
      <settings>
        <profiles>
          <profile>
            <id>here</id>
            <repositories>%1$s</repositories>
            <pluginRepositories>%2$s</pluginRepositories>
          </profile>
        </profiles>
        <activeProfiles>
          <activeProfile>here</activeProfile>
        </activeProfiles>
      </settings>
      """;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"plain, exec:java", "spring-boot, spring-boot:run"})
  void the_command_of_the_page_builds_tests_and_starts_the_service(String name, String goal)
      throws Exception {
    Path project = directory.resolve(name);
    copy(Example.ALL.resolve(name), project);
    installDaybook(directory.resolve("built"));
    Path settings = directory.resolve("settings.xml");
    Files.writeString(settings, settings());
    int port = freePort();

    List<String> command = new ArrayList<>(commandOf(goal));
    command.addAll(
        List.of(
            "-gs",
            settings.toString(),
            "-Dmaven.repo.local=" + directory.resolve("local"),
            "-Dport=" + port));
    Path output = directory.resolve("maven.out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("SERVER_PORT", Integer.toString(port));
    Process maven = builder.start();
    try {
      Await.until(
          () -> answers(port) || !maven.isAlive(),
          () -> files(directory).mapToLong(ExampleBuildsTest::size).sum());
      assertThat(maven.isAlive()).as(Files.readString(output)).isTrue();
      OrderClient.at(port).takeOrders();
      assertThat(project.resolve("orders.db")).isNotEmptyFile();
      assertThat(files(project.resolve("target/surefire-reports")).map(Path::toString))
          .anyMatch(report -> report.endsWith("OrderServiceTest.xml"));

      maven.descendants().forEach(ProcessHandle::destroy);
      maven.destroy();
      Await.until(() -> !maven.isAlive() && !answers(port));
    } finally {
      maven.descendants().forEach(ProcessHandle::destroyForcibly);
      maven.destroyForcibly().waitFor();
    }
  }

  /** The words of the page's command that runs a goal. */
  private static List<String> commandOf(String goal) throws IOException {
    return Block.of(Example.README, Block.page(Example.README)).stream()
        .flatMap(block -> block.code().stream())
        .filter(line -> line.startsWith("mvn ") && line.contains(" test " + goal))
        .map(line -> List.of(line.split(" ", -1)))
        .findFirst()
        .orElseThrow();
  }

  private String settings() {
    Path downloaded = Path.of(Objects.requireNonNull(System.getProperty("localRepository")));
    StringBuilder all = new StringBuilder();
    for (Path each : List.of(directory.resolve("built"), downloaded)) {
      all.append(
          "<repository><id>%s</id><url>%s</url><snapshots><enabled>true</enabled></snapshots></repository>"
              .formatted(each.getFileName(), each.toUri()));
    }
    String repositories = all.toString();
    return SETTINGS.formatted(
        repositories, repositories.replaceAll("(</?)repository>", "$1pluginRepository>"));
  }

  /** What the page's first command does: the jar is made after the tests, so this makes one. */
  private static void installDaybook(Path repository) throws IOException {
    MatchResult version =
        Pattern.compile("<artifactId>daybook</artifactId>\\s*<version>([^<]+)<")
            .matcher(Files.readString(POM))
            .results()
            .findFirst()
            .orElseThrow();
    Path place = repository.resolve("dev/daybook/daybook").resolve(version.group(1));
    String name = "daybook-" + version.group(1);
    Files.createDirectories(place);
    Files.copy(POM, place.resolve(name + ".pom"));
    try (OutputStream file = Files.newOutputStream(place.resolve(name + ".jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      for (Path each : content(CLASSES)) {
        String entry = CLASSES.relativize(each).toString().replace('\\', '/');
        boolean isDirectory = Files.isDirectory(each);
        if (!entry.startsWith("dev/daybook/cli")) {
          jar.putNextEntry(new ZipEntry(isDirectory ? entry + "/" : entry));
          if (!isDirectory) {
            Files.copy(each, jar);
          }
          jar.closeEntry();
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path each :
        files(from).filter(file -> !file.startsWith(from.resolve("target"))).toList()) {
      Path copied = to.resolve(from.relativize(each));
      Files.createDirectories(copied.getParent());
      Files.copy(each, copied);
    }
  }

  /** What is in a directory, at any depth, directories before what is in them. */
  private static List<Path> content(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(each -> !each.equals(directory)).sorted().toList();
    }
  }

  private static Stream<Path> files(Path directory) {
    try {
      return content(directory).stream().filter(Files::isRegularFile);
    } catch (IOException | UncheckedIOException e) {
      // Maven removes files meanwhile.
      return Stream.empty();
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private static boolean answers(int port) {
    try {
      return OrderClient.at(port).get("/orders").status() == 200;
    } catch (AssertionError e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
