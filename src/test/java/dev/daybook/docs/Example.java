package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.fixture.ApplicationLibraries;
import dev.daybook.fixture.LaunchedTests;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * An example, compiled with the libraries of the tests, whose classes this process loads.
 *
 * @param directory where its pom.xml is
 * @param loader of its classes and resources
 */
record Example(Path directory, ClassLoader loader) {

  static final Path ALL = Path.of("src", "examples");
  static final Path README = ALL.resolve("README.md");

  private static final Path RESOURCES = Path.of("src", "main", "resources");

  /** Compiles one, with its tests, into an empty directory. */
  static Example compiled(String name, Path classes) throws IOException {
    Path directory = ALL.resolve(name);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none", "-Xlint:deprecation,unchecked,rawtypes", "-Werror", "-parameters"));
    arguments.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
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
    URL[] found = {classes.toUri().toURL()};
    return new Example(directory, new URLClassLoader(found, ApplicationLibraries.loader()));
  }

  /** Calls what uses its classes. */
  <T> T call(Callable<T> user) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return user.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Runs its tests; fails unless all pass, so many as there are. */
  void requireTestsPass(int count, String... names) throws Exception {
    List<Class<?>> tests = new ArrayList<>();
    for (String name : names) {
      tests.add(loader.loadClass(name));
    }
    Map<String, String> outcomes = call(() -> LaunchedTests.run(tests.toArray(Class<?>[]::new)));
    assertThat(outcomes)
        .hasSize(count)
        .allSatisfy((test, failure) -> assertThat(failure).as(test).isEmpty());
  }
}
