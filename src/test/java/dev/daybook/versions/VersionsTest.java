package dev.daybook.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.JavaProcess;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The library, compiled once, with the oldest and the newest versions of what it needs; with {@code
 * -Ddaybook.versions=all} also with those in between. Prints a line for each.
 */
@Tag("system")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VersionsTest {

  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path TEST_CLASSES = Path.of("target", "test-classes");
  private static final Libraries OLDEST =
      new Libraries(
          "3.19.0",
          "10.22.0",
          "2.17.2",
          "42.5.6",
          "3.46.1.3",
          "5.1.0",
          "6.2.0",
          "2.0.0",
          "5.10.2",
          "1.14.0",
          "1.43.0");
  private static final Libraries NEWEST =
      new Libraries(
          "3.21.9",
          "13.12.0",
          "2.23.0",
          "42.7.14",
          "3.54.1.0",
          "7.1.0",
          "7.0.10",
          "2.0.1",
          "6.1.3",
          "1.17.2",
          "1.68.0");
  private static final List<Libraries> BETWEEN =
      List.of(
          new Libraries(
              "3.19.39",
              "11.20.3",
              "2.22.1",
              "42.7.14",
              "3.54.1.0",
              "7.1.0",
              "6.2.12",
              "2.0.1",
              "5.13.4",
              "1.16.8",
              "1.58.0"),
          new Libraries(
              "3.19.39",
              "12.4.0",
              "2.22.1",
              "42.7.14",
              "3.46.1.3",
              "7.1.0",
              "6.2.12",
              "2.0.1",
              "5.13.4",
              "1.16.8",
              "1.58.0"),
          new Libraries(
              "3.20.11",
              "12.4.0",
              "2.22.1",
              "42.5.6",
              "3.54.1.0",
              "5.1.0",
              "6.2.12",
              "2.0.1",
              "5.13.4",
              "1.16.8",
              "1.58.0"),
          new Libraries(
              "3.20.11",
              "10.22.0",
              "2.17.2",
              "42.7.14",
              "3.46.1.3",
              "7.1.0",
              "6.2.12",
              "2.0.1",
              "5.13.4",
              "1.16.8",
              "1.58.0"),
          new Libraries(
              "3.21.9",
              "11.20.3",
              "2.22.1",
              "42.5.6",
              "3.46.1.3",
              "5.1.0",
              "6.2.12",
              "2.0.1",
              "5.13.4",
              "1.16.8",
              "1.58.0"));

  @TempDir private Path directory;

  static Stream<Libraries> libraries() {
    Stream<Libraries> ends = Stream.of(OLDEST, NEWEST);
    return System.getProperty("daybook.versions", "").equals("all")
        ? Stream.concat(ends, BETWEEN.stream())
        : ends;
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void everything_that_the_library_uses_is_there_and_works(Libraries libraries) throws Exception {
    List<Path> found = libraries.resolve(directory);

    ClassPath library =
        new ClassPath(List.of(CLASSES))
            .without("dev/daybook/cli/")
            .without("dev/daybook/codec/jackson3/")
            .without("dev/daybook/spring/boot/");
    assertThat(new LinkCheck(library, new ClassPath(found)).missing()).isEmpty();

    String classPath =
        Stream.concat(Stream.of(CLASSES, TEST_CLASSES), found.stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    try (PostgresDatabase database = PostgresServer.shared().newDatabase();
        JavaProcess smoke =
            JavaProcess.start(
                java(libraries),
                directory,
                classPath,
                Smoke.class,
                directory.toString(),
                database.url())) {
      assertThat(smoke.succeed()).contains("done");
    }
    System.out.println(libraries + " on " + java(libraries) + ": works");
  }

  private static Path java(Libraries libraries) {
    String home = System.getProperty("java.home");
    if (libraries.needsNewerJava()) {
      home = System.getProperty("daybook.jdk25.home", "");
      assertThat(home).as("the system property daybook.jdk25.home").isNotEmpty();
    }
    return Path.of(home, "bin", "java");
  }
}
