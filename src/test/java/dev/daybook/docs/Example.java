package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.JavaProcess;
import dev.daybook.fixture.LaunchedTests;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * An example, compiled with the libraries of the tests.
 *
 * @param directory where its pom.xml is
 * @param classes where its classes and resources are
 */
record Example(Path directory, Path classes) {

  static final Path ALL = Path.of("src", "examples");
  static final Path README = ALL.resolve("README.md");
  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private static final Path RESOURCES = Path.of("src", "main", "resources");

  /** What no example has, and what Spring Boot would configure if it were there. */
  private static final List<String> OF_OTHERS =
      List.of(
          "agroal",
          "hibernate",
          "micrometer-registry",
          "micrometer-tracing",
          "narayana",
          "opentelemetry",
          "spring-boot-health",
          "spring-orm");

  private static final String LIBRARIES = System.getProperty("java.class.path");

  /** Compiles one, with its tests, into an empty directory. */
  static Example compiled(String name, Path classes) throws IOException {
    Path directory = ALL.resolve(name);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none", "-Xlint:deprecation,unchecked,rawtypes", "-Werror", "-parameters"));
    arguments.addAll(List.of("-cp", LIBRARIES, "-d", classes.toString()));
    try (Stream<Path> files = Files.walk(directory)) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    }
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(result).as("what javac prints").isZero();
    if (Files.exists(directory.resolve(RESOURCES))) {
      try (Stream<Path> files = Files.list(directory.resolve(RESOURCES))) {
        for (Path file : files.toList()) {
          Files.copy(file, classes.resolve(file.getFileName()));
        }
      }
    }
    return new Example(directory, classes);
  }

  /** What a process needs that runs it. */
  String classPath() {
    return Stream.concat(
            Stream.of(classes.toString()),
            Stream.of(LIBRARIES.split(File.pathSeparator))
                .filter(path -> OF_OTHERS.stream().noneMatch(path::contains)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Runs a main class of it. */
  String run(Path output, String main, String... arguments) throws Exception {
    try (URLClassLoader loader =
            new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, Example.class.getClassLoader());
        JavaProcess process =
            JavaProcess.start(JAVA, output, classPath(), loader.loadClass(main), arguments)) {
      return process.succeed().strip();
    }
  }

  /** Runs its tests; fails unless all pass, so many as there are. */
  void requireTestsPass(int count, Path output, String... tests) throws Exception {
    String printed = run(output, LaunchedTests.class.getName(), tests);
    assertThat(printed.lines().filter(line -> line.startsWith(LaunchedTests.PASSED)))
        .as(printed)
        .hasSize(count);
  }
}
