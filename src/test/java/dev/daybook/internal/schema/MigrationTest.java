package dev.daybook.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.golden.GoldenFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The migrations are what databases out there were made of: one that was released stays as it is.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MigrationTest {

  private static final Path MIGRATIONS = Path.of("db-migrations");
  private static final String NAME = "V([1-9]\\d*)__[a-z][a-z0-9_]*\\.sql";

  @Test
  void no_migration_is_edited_after_it_was_released() throws Exception {
    StringBuilder list = new StringBuilder();
    for (Path file : files()) {
      list.append(hash(Files.readAllBytes(file))).append("  ").append(name(file)).append('\n');
    }

    new GoldenFile("migrations.txt", "daybook.migrations.update").check(list.toString());
  }

  @Test
  void migrations_are_called_by_their_version_and_what_they_are_about() throws IOException {
    assertThat(files())
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file.getFileName().toString()).matches(NAME));
  }

  @Test
  void no_version_of_a_dialect_is_there_twice() throws IOException {
    for (Path dialect : children(MIGRATIONS)) {
      List<Integer> versions =
          children(dialect).stream()
              .map(file -> version(file.getFileName().toString()))
              .sorted()
              .toList();

      assertThat(versions).as("versions in %s", dialect).doesNotHaveDuplicates();
    }
  }

  @Test
  void every_dialect_has_the_same_migrations() throws IOException {
    List<List<String>> names =
        children(MIGRATIONS).stream()
            .map(MigrationTest::fileNames)
            .distinct()
            .collect(Collectors.toList());

    assertThat(names).hasSize(1);
  }

  @Test
  void the_library_knows_every_migration_in_order() throws IOException {
    for (Path dialect : children(MIGRATIONS)) {
      assertThat(MigrationHistory.SCRIPTS)
          .as("scripts in %s", dialect)
          .containsExactlyInAnyOrderElementsOf(fileNames(dialect))
          .isSortedAccordingTo(Comparator.comparingInt(MigrationTest::version));
    }
  }

  @Test
  void the_library_carries_every_migration() throws IOException {
    for (Path file : files()) {
      try (InputStream packed =
          Objects.requireNonNull(
              SchemaMigrator.class.getResourceAsStream("/dev/daybook/db-migrations/" + name(file)),
              name(file))) {
        assertThat(packed.readAllBytes()).isEqualTo(Files.readAllBytes(file));
      }
    }
  }

  private static int version(String script) {
    return Integer.parseInt(script.replaceAll(NAME, "$1"));
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(MIGRATIONS)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    }
  }

  private static List<String> fileNames(Path directory) {
    try {
      return children(directory).stream().map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String name(Path file) {
    return MIGRATIONS.relativize(file).toString().replace('\\', '/');
  }

  private static String hash(byte[] content) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }
}
