package dev.daybook.versions;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The libraries that a project needs, as Maven finds them. */
final class MavenClassPath {

  private static final long TIMEOUT_MINUTES = 5;

  private MavenClassPath() {}

  /**
   * Runs {@code mvn}.
   *
   * @param directory for its output
   * @param properties of the project, as {@code -Dname=value}
   */
  static List<Path> resolve(Path pom, Path directory, String... properties)
      throws IOException, InterruptedException {
    Path classPath = directory.resolve("classpath");
    Path output = directory.resolve("maven.out");
    List<String> command =
        new ArrayList<>(
            List.of(
                "mvn",
                "-B",
                "-ntp",
                "-f",
                pom.toString(),
                "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath",
                "-Dmdep.outputFile=" + classPath));
    command.addAll(List.of(properties));
    Process maven =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!maven.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES) || maven.exitValue() != 0) {
        throw new AssertionError(
            "Maven did not find " + List.of(properties) + ": " + Files.readString(output));
      }
    } finally {
      maven.destroyForcibly();
    }
    return Stream.of(Files.readString(classPath).trim().split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }
}
