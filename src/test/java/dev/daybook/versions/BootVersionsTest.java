package dev.daybook.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.JavaProcess;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.trial.LiquibaseTrial;
import dev.daybook.trial.RestartTrial;
import dev.daybook.trial.SliceTrial;
import dev.daybook.trial.TrialApplication;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The library and an application, compiled once, on each version of Spring Boot, with the versions
 * that Spring Boot manages: an append, a row by JDBC and one by JPA commit together or not at all,
 * a listener is tested by the slice, Liquibase makes its tables first, and devtools restarts it.
 */
@Tag("system")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BootVersionsTest {

  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path TEST_CLASSES = Path.of("target", "test-classes");
  private static final Path POM = Path.of("src", "test", "versions", "boot.xml");
  private static final String SPRING_BOOT = "dev/daybook/spring/boot/";
  private static final String LIQUIBASE = "liquibase";
  private static final String DEVTOOLS = "devtools";
  private static final String NO_SERVER = "--spring.main.web-application-type=none";
  private static final String DIALECT =
      "--spring.jpa.database-platform=org.hibernate.community.dialect.SQLiteDialect";
  private static final String JACKSON_3 = "dev/daybook/codec/jackson3/";

  /** A version of Spring Boot. */
  enum Boot {
    V3_5("3.5.7", false),
    V4_0("4.0.7", false),
    V4_1("4.1.2", true);

    private final String version;
    private final boolean newerJava;

    Boot(String version, boolean newerJava) {
      this.version = version;
      this.newerJava = newerJava;
    }

    /** What has Jackson 3, and other names for some classes. */
    boolean isFour() {
      return this != V3_5;
    }

    Path java() {
      String home = System.getProperty(newerJava ? "daybook.jdk25.home" : "java.home", "");
      assertThat(home).as("the directory of a JDK").isNotEmpty();
      return Path.of(home, "bin", "java");
    }
  }

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void an_append_and_rows_by_jdbc_and_jpa_commit_together(Boot boot) throws Exception {
    List<Path> all = resolve(boot);
    List<Path> found = without(all, LIQUIBASE, DEVTOOLS);
    requireLinked(boot, found);

    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      assertThat(run(boot, found, file("app.db"), DIALECT))
          .contains("Spring Boot " + boot.version + ": done");
      assertThat(run(boot, found, "--spring.datasource.url=" + database.url()))
          .contains("Spring Boot " + boot.version + ": done");
    }
    assertThat(run(boot, found, SliceTrial.class)).contains("the slice: done");
    requireLiquibaseFirst(boot, without(all, DEVTOOLS));
    assertThat(
            runOfJar(
                boot,
                without(all, LIQUIBASE),
                RestartTrial.class,
                file("restarted.db"),
                NO_SERVER,
                DIALECT))
        .contains("devtools: done");
    System.out.println("Spring Boot " + boot.version + " on " + boot.java() + ": works");
  }

  private static List<Path> without(List<Path> libraries, String... names) {
    return libraries.stream()
        .filter(path -> Stream.of(names).noneMatch(path.getFileName().toString()::contains))
        .toList();
  }

  private List<Path> resolve(Boot boot) throws Exception {
    return MavenClassPath.resolve(
        POM,
        directory,
        "-Dboot=" + boot.version,
        "-Dliquibase.group=" + (boot.isFour() ? "org.springframework.boot" : "org.liquibase"),
        "-Dliquibase.artifact=" + (boot.isFour() ? "spring-boot-liquibase" : "liquibase-core"));
  }

  private String file(String name) {
    return "--spring.datasource.url=jdbc:sqlite:" + directory.resolve(name);
  }

  private void requireLiquibaseFirst(Boot boot, List<Path> found) throws Exception {
    Path changes = directory.resolve("changes.sql");
    Files.writeString(
        changes,
        """
        --liquibase formatted sql
        --changeset shop:1
        create table made_by_liquibase (id varchar(20));
        insert into made_by_liquibase (id) values ('one');
        """);
    String log = "--spring.liquibase.change-log=file:" + changes;
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      for (String url :
          List.of(file("liquibase.db"), "--spring.datasource.url=" + database.url())) {
        assertThat(run(boot, found, LiquibaseTrial.class, log, url, NO_SERVER, dialectOf(url)))
            .contains("Liquibase: done");
      }
    }
  }

  private static String dialectOf(String url) {
    return url.contains("sqlite") ? DIALECT : "--spring.jpa.show-sql=false";
  }

  /** With the library as a jar, because devtools reloads what is in directories. */
  private String runOfJar(Boot boot, List<Path> found, Class<?> main, String... arguments)
      throws Exception {
    Path jar = directory.resolve("daybook.jar");
    assertThat(
            ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(
                    System.out,
                    System.err,
                    "--create",
                    "--file=" + jar,
                    "-C",
                    CLASSES.toString(),
                    "."))
        .isZero();
    return run(boot, jar, found, main, arguments);
  }

  private void requireLinked(Boot boot, List<Path> found) throws Exception {
    ClassPath library =
        new ClassPath(List.of(CLASSES))
            .only(boot.isFour() ? List.of(SPRING_BOOT, JACKSON_3) : List.of(SPRING_BOOT))
            .without(SPRING_BOOT + (boot.isFour() ? "internal/Boot3" : "internal/Boot4"));
    List<Path> all = new ArrayList<>(found);
    all.add(CLASSES);
    assertThat(new LinkCheck(library, new ClassPath(all)).missing()).isEmpty();
  }

  private String run(Boot boot, List<Path> found, String... properties) throws Exception {
    Path schema = directory.resolve("schema.sql");
    Files.writeString(
        schema,
        "create table if not exists jdbc_rows (id varchar(40));"
            + "create table if not exists totals (id varchar(40));");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.sql.init.mode=always",
                "--spring.sql.init.schema-locations=file:" + schema,
                "--spring.jpa.hibernate.ddl-auto=update",
                "--management.endpoint.health.show-details=always",
                "--management.endpoints.web.exposure.include=health,daybook,metrics"));
    arguments.addAll(List.of(properties));
    return run(boot, found, TrialApplication.class, arguments.toArray(String[]::new));
  }

  private String run(Boot boot, List<Path> found, Class<?> main, String... arguments)
      throws Exception {
    return run(boot, CLASSES, found, main, arguments);
  }

  private String run(Boot boot, Path library, List<Path> found, Class<?> main, String... arguments)
      throws Exception {
    String classPath =
        Stream.concat(Stream.of(library, TEST_CLASSES), found.stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    try (JavaProcess application =
        JavaProcess.start(boot.java(), directory, classPath, main, arguments)) {
      return application.succeed();
    }
  }
}
