package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CacheOptionTest {

  @TempDir private Path directory;
  private Path db = Path.of("shop.db");

  @BeforeEach
  void choose_a_file() {
    db = directory.resolve("shop.db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1048576", "1024K", "64M", "64m", "1G"})
  void a_size_is_taken_by_commands_that_write_and_that_read(String size) {
    Run append = Run.of("append", "s", "--db", db.toString(), "--type", "T", "--cache", size, "{}");
    assertThat(append.status()).as(append.err()).isZero();

    Run read = Run.of("read", "s", "--db", db.toString(), "--cache", size);
    assertThat(read.status()).as(read.err()).isZero();
    assertThat(read.lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1048575, 1048575",
    "1023K, 1047552",
    "2048G, 2199023255552",
    "1048577M, 1099512676352"
  })
  void a_size_out_of_bounds_is_wrong_usage(String size, String bytes) {
    Run run = Run.of("stats", "--db", db.toString(), "--cache", size);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "daybook: the cache size is %s bytes; expected 1048576 (1 MiB) to 1099511627776 (1 TiB)\n"
                .formatted(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "M",
        "64X",
        "64MB",
        "1.5M",
        "-1",
        "64 M",
        "99999999999999999999",
        "99999999999G"
      })
  void what_is_no_size_is_wrong_usage(String size) {
    Run run = Run.of("append", "s", "--db", db.toString(), "--type", "T", "--cache=" + size, "{}");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "\"%s\" is not a size; expected bytes, or a number followed by K, M or G, such as 64M"
                .formatted(size));
    assertThat(db).doesNotExist();
  }

  @Test
  void a_server_takes_no_size() {
    Run run = Run.of("stats", "--db", "jdbc:postgresql://localhost:1/app", "--cache", "64M");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("daybook: --cache is for a SQLite file; a server has one for all who use it\n");
  }

  @Test
  void the_help_has_it_and_its_default() {
    assertThat(Run.of("stats", "--help").out()).contains("--cache=SIZE").contains("Default: 32M.");
  }
}
