package dev.daybook.versions;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A version of each library, which Maven finds, with whatever they need in turn. */
record Libraries(
    String jooq,
    String flyway,
    String jackson,
    String postgresql,
    String sqlite,
    String hikari,
    String spring,
    String jta,
    String junit) {

  private static final long TIMEOUT_MINUTES = 5;
  private static final Path POM = Path.of("src", "test", "versions", "pom.xml");

  /** The class path, by running {@code mvn}. */
  List<Path> resolve(Path directory) throws IOException, InterruptedException {
    Path classPath = directory.resolve("classpath");
    Path output = directory.resolve("maven.out");
    Process maven =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-ntp",
                "-f",
                POM.toString(),
                "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath",
                "-Dmdep.outputFile=" + classPath,
                "-Djooq=" + jooq,
                "-Dflyway=" + flyway,
                "-Djackson=" + jackson,
                "-Dpostgresql=" + postgresql,
                "-Dsqlite=" + sqlite,
                "-Dhikari=" + hikari,
                "-Dspring=" + spring,
                "-Djta=" + jta,
                "-Djunit=" + junit)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!maven.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES) || maven.exitValue() != 0) {
        throw new AssertionError("Maven did not find " + this + ": " + Files.readString(output));
      }
    } finally {
      maven.destroyForcibly();
    }
    return Stream.of(Files.readString(classPath).trim().split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }

  /** Whether one of them needs Java 21. */
  boolean needsNewerJava() {
    return !jooq.startsWith("3.19.");
  }
}
