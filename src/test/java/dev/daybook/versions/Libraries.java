package dev.daybook.versions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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
    String junit,
    String micrometer,
    String opentelemetry) {

  private static final Path POM = Path.of("src", "test", "versions", "pom.xml");

  /** The class path, by running {@code mvn}. */
  List<Path> resolve(Path directory) throws IOException, InterruptedException {
    return MavenClassPath.resolve(
        POM,
        directory,
        "-Djooq=" + jooq,
        "-Dflyway=" + flyway,
        "-Djackson=" + jackson,
        "-Dpostgresql=" + postgresql,
        "-Dsqlite=" + sqlite,
        "-Dhikari=" + hikari,
        "-Dspring=" + spring,
        "-Djta=" + jta,
        "-Djunit=" + junit,
        "-Dmicrometer=" + micrometer,
        "-Dopentelemetry=" + opentelemetry);
  }

  /** Whether one of them needs Java 21. */
  boolean needsNewerJava() {
    return !jooq.startsWith("3.19.");
  }
}
