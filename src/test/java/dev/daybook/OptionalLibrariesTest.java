package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.codec.Codecs;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.error.DaybookException;
import dev.daybook.error.OpenException;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.payload.Compression;
import dev.daybook.payload.PayloadOptions;
import dev.daybook.payload.internal.Compressors;
import dev.daybook.testing.DecisionFixture;
import dev.daybook.testing.TestDaybook;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that has Daybook without the libraries that are optional. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OptionalLibrariesTest {

  private static final List<String> OPTIONAL =
      List.of(
          "jackson-dataformat-cbor",
          "zstd-jni",
          "picocli",
          "postgresql",
          "HikariCP",
          "spring-jdbc",
          "spring-tx",
          "jakarta.transaction-api",
          "micrometer",
          "opentelemetry");

  private static final String URL = "jdbc:postgresql://localhost/app";

  /** In front of what the program says; a JVM has warnings of its own to add. */
  private static final String MARK = "> ";

  /** What such a program sees. */
  static final class Program {

    private Program() {}

    public static void main(String[] args) {
      try (Daybook daybook = Daybook.inMemory()) {
        Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
        journal.append("json", ExpectedSeq.any(), ParcelEvent.moved(1));
        print(() -> journal.read(EventQuery.stream("json")).get(0).data());
        print(() -> journal.with(Codecs.cbor()));
        daybook
            .rawJournal()
            .append("cbor", ExpectedSeq.any(), new EncodedEvent("Moved", "cbor", new byte[] {1}));
        print(() -> journal.read(EventQuery.stream("cbor")));
        print(
            () ->
                journal
                    .with(PayloadOptions.plain().compressed(Compression.ZSTD))
                    .append("zstd", ExpectedSeq.any(), ParcelEvent.moved(1)));
        print(() -> Compressors.decompress(new byte[] {1}, Compression.ZSTD));
        print(() -> journal.highestSeq("zstd"));
      }
      try (Daybook daybook = Daybook.open(URL)) {
        print(daybook::schemaVersion);
      }
    }

    private interface Attempt {
      Object make();
    }

    private static void print(Attempt attempt) {
      try {
        System.out.println(MARK + attempt.make());
      } catch (DaybookException e) {
        System.out.println(MARK + e);
      }
    }
  }

  @TempDir private Path directory;

  @Test
  void what_needs_one_of_them_says_which_and_the_rest_works() throws Exception {
    try (JavaProcess program = JavaProcess.startWithout(directory, OPTIONAL, Program.class)) {
      assertThat(
              program
                  .succeed()
                  .lines()
                  .filter(line -> line.startsWith(MARK))
                  .map(line -> line.substring(MARK.length())))
          .containsExactly(
              "Moved[leg=1]",
              "dev.daybook.codec.CodecException: CBOR needs com.fasterxml.jackson.dataformat:jackson-dataformat-cbor on the class path",
              "dev.daybook.error.EventDecodeException: event 1 of stream \"cbor\" (Moved): CBOR needs com.fasterxml.jackson.dataformat:jackson-dataformat-cbor on the class path",
              "dev.daybook.payload.PayloadException: Zstandard needs com.github.luben:zstd-jni on the class path",
              "dev.daybook.payload.PayloadException: Zstandard needs com.github.luben:zstd-jni on the class path",
              "0",
              "dev.daybook.error.OpenException: postgresql://localhost:5432/app: a PostgreSQL URL needs org.postgresql:postgresql on the class path");
    }
  }

  /** A program that opens a URL. */
  static final class Opening {

    private Opening() {}

    public static void main(String[] args) {
      try (Daybook daybook = Daybook.open(args[0])) {
        daybook.schemaVersion();
      } catch (OpenException e) {
        System.out.println(MARK + e.reason() + " " + e.getMessage());
      }
    }
  }

  /** A program that tests, by what needs no test framework. */
  static final class Testing {

    private Testing() {}

    public static void main(String[] args) {
      DecisionFixture<Integer, ParcelEvent> legs =
          DecisionFixture.of(ParcelEvent.class, () -> 0, (sum, event) -> sum + 1);
      legs.givenNothing().when(sum -> List.of(ParcelEvent.moved(1))).then(ParcelEvent.moved(1));
      try (TestDaybook store = TestDaybook.inMemory()) {
        store
            .daybook()
            .journal(ParcelEvent.class)
            .append("parcel", ExpectedSeq.any(), ParcelEvent.moved(1));
        System.out.println(MARK + store.daybook().rawJournal().latestPosition());
      }
      try {
        legs.givenNothing().when(sum -> List.of()).then(ParcelEvent.moved(1));
      } catch (AssertionError e) {
        System.out.println(MARK + String.valueOf(e.getMessage()).lines().findFirst().orElseThrow());
      }
    }
  }

  @Test
  void tests_need_no_test_framework() throws Exception {
    try (JavaProcess program =
        JavaProcess.startWithout(
            directory, List.of("junit", "opentest4j", "assertj", "apiguardian"), Testing.class)) {
      assertThat(program.succeed())
          .contains(MARK + "1\n")
          .contains(
              MARK + "expected 1 event, found no events; event 1: expected Moved, found nothing");
    }
  }

  @Test
  void a_url_needs_a_pool_too() throws Exception {
    try (JavaProcess program =
        JavaProcess.startWithout(directory, List.of("HikariCP"), Opening.class, URL)) {
      assertThat(program.succeed())
          .contains(
              MARK
                  + "LIBRARY postgresql://localhost:5432/app: a PostgreSQL URL needs com.zaxxer:HikariCP on the class path\n");
    }
  }

  @Test
  void a_server_needs_the_support_of_its_migrations() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase();
        JavaProcess program =
            JavaProcess.startWithout(
                directory, List.of("flyway-database-postgresql"), Opening.class, database.url())) {
      assertThat(program.succeed())
          .contains("PostgreSQL needs org.flywaydb:flyway-database-postgresql on the class path\n");
    }
  }
}
