package dev.daybook.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.cli.Run;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that sets up no logging is not shown the logs of the library's libraries. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QuietOpeningTest {

  @TempDir private Path directory;

  @Test
  void a_store_is_made_and_used_without_a_line_of_log() throws Exception {
    Run run = run(Application.class);

    assertThat(run).isEqualTo(new Run(0, "done\n", ""));
  }

  @Test
  void an_application_that_uses_flyway_itself_sees_its_logs() throws Exception {
    Run run = run(FlywayApplication.class);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("flyway_schema_history", "Successfully applied 1 migration")
        .doesNotContain("dev.daybook", "daybook_schema_history");
  }

  private Run run(Class<?> main) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaProcess.SHORT_LIVED);
    command.addAll(List.of("-cp", withoutLogging()));
    command.add(main.getName());
    command.add(directory.toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    return Run.finish(directory, Run.start(directory, builder));
  }

  /** The tests' own libraries silence whoever logs. */
  private static String withoutLogging() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> !path.contains("slf4j"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Sets no property. */
  static final class Application {

    private Application() {}

    public static void main(String[] args) {
      try (Daybook daybook = Daybook.open(Path.of(args[0], "journal.db"))) {
        daybook.rawJournal().append("s", ExpectedSeq.any(), EncodedEvent.json("T", "{}"));
      }
      if (System.getProperty("org.jooq.no-logo") != null) {
        throw new IllegalStateException("a property of the process was left behind");
      }
      System.out.println("done");
    }
  }

  /** Its own Flyway is made before the Daybook's, and used after it. */
  static final class FlywayApplication {

    private FlywayApplication() {}

    public static void main(String[] args) {
      Flyway flyway =
          Flyway.configure()
              .dataSource("jdbc:sqlite:" + Path.of(args[0], "own.db"), "", "")
              .locations("classpath:dev/daybook/logging")
              .load();
      Application.main(args);
      flyway.migrate();
    }
  }
}
