package dev.daybook.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.cli.Run;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.settings.Synchronous;
import dev.daybook.settings.TableNames;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalInt;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that differ from what is advised are named, with what to do. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingAdviceTest {

  @TempDir private Path directory;

  @Test
  void a_file_as_daybook_makes_it_is_as_advised() {
    assertThat(advice(Daybook.builder(directory.resolve("journal.db")))).isEmpty();
    try (Daybook inMemory = Daybook.inMemory()) {
      assertThat(advice(inMemory)).isEmpty();
    }
  }

  @Test
  void of_a_file_that_another_program_has_made() throws SQLException {
    Path file = directory.resolve("journal.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("pragma page_size = 1024");
      statement.execute("pragma auto_vacuum = full");
      statement.execute("create table own (id integer primary key)");
    }

    assertThat(advice(Daybook.builder(file)))
        .extracting(SettingAdvice::setting, SettingAdvice::found, SettingAdvice::advised)
        .containsExactly(tuple("page_size", "1024", "4096"), tuple("auto_vacuum", "full", "none"));
    Run run = Run.of("doctor", "--db", file.toString());
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains(
            "\npage_size is 1024, and advised is 4096: rows take more pages than they need; ");
    assertThat(Run.of("doctor", "--db", file.toString(), "--json").out())
        .contains(
            "{\"setting\":\"auto_vacuum\",\"found\":\"full\",\"advised\":\"none\",\"action\":\"each commit");
  }

  @Test
  void of_the_options_of_a_daybook() {
    Path file = directory.resolve("journal.db");
    List<SettingAdvice> chosen =
        advice(
            Daybook.builder(file)
                .walCheckpoints(false)
                .synchronous(Synchronous.NORMAL)
                .cacheSize(1 << 20));

    assertThat(chosen)
        .extracting(SettingAdvice::setting)
        .containsExactly("wal_autocheckpoint", "synchronous", "cache_size");
    assertThat(chosen).extracting(SettingAdvice::risksData).containsExactly(false, true, false);
    assertThat(advice(Daybook.builder(file).wal(false)))
        .extracting(SettingAdvice::setting, SettingAdvice::found)
        .containsExactly(tuple("journal_mode", "delete"));
  }

  @Test
  void of_a_server_and_its_tables() {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      DSLContext owner = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
      owner.execute("create schema books");
      DaybookBuilder builder =
          Daybook.builder(database.dataSource())
              .tables(TableNames.prefixed("My_").inSchema("books"));
      // The server of the tests promises nothing about what a crash would leave.
      List<SettingAdvice> before = advice(builder);
      assertThat(before).allMatch(SettingAdvice::risksData);
      assertThat(before).extracting(SettingAdvice::setting).doesNotContain("zero_damaged_pages");

      owner.execute("alter table books.\"My_events\" set (autovacuum_enabled = off)");
      String name = String.valueOf(owner.fetchValue("select current_database()"));
      owner.execute("alter database " + name + " set zero_damaged_pages = on");
      owner.execute("alter database " + name + " set synchronous_commit = on");
      List<SettingAdvice> after =
          advice(
              Daybook.builder(database.dataSource())
                  .tables(TableNames.prefixed("My_").inSchema("books")));

      assertThat(after)
          .extracting(SettingAdvice::setting)
          .contains("zero_damaged_pages", "autovacuum_enabled of books.\"My_events\"")
          .doesNotContain("synchronous_commit");
      assertThat(after.get(after.size() - 1).action())
          .endsWith("run: alter table books.\"My_events\" reset (autovacuum_enabled)");
    }
  }

  @Test
  void connections_are_scarce_when_few_are_left_or_the_pool_is_too_large() {
    assertThat(areScarce(10, 87, 97)).isFalse();
    assertThat(areScarce(10, 88, 97)).isTrue();
    assertThat(areScarce(98, 1, 97)).isTrue();
    OptionalInt none = OptionalInt.empty();
    assertThat(
            new ConnectionCounts.ConnectionCountsValues(OptionalInt.of(10), none, none, none)
                .areScarce())
        .isFalse();
  }

  @Test
  void the_size_of_a_pool_is_known_of_hikari_and_of_daybooks_own() {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase();
        Daybook lent = Daybook.builder(database.pool(7)).build();
        Daybook unknown = Daybook.builder(database.dataSource()).build()) {
      assertThat(lent.maintenance().doctor().connections().poolSize()).hasValue(7);
      assertThat(unknown.maintenance().doctor().connections().poolSize()).isEmpty();
    }
  }

  private static boolean areScarce(int pool, int ofServer, int most) {
    return new ConnectionCounts.ConnectionCountsValues(
            OptionalInt.of(pool), OptionalInt.of(1), OptionalInt.of(ofServer), OptionalInt.of(most))
        .areScarce();
  }

  private static List<SettingAdvice> advice(DaybookBuilder builder) {
    try (Daybook daybook = builder.build()) {
      return advice(daybook);
    }
  }

  private static List<SettingAdvice> advice(Daybook daybook) {
    daybook.schemaVersion();
    return daybook.maintenance().doctor().settings();
  }
}
