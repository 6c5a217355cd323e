package dev.daybook.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.settings.TableNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jooq.SQLDialect;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application's own Flyway and a Daybook on one database, whichever comes first. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OwnFlywayTest {

  @TempDir private Path directory;

  @Nested
  class OnSqlite {

    @Test
    void the_application_comes_first() throws IOException {
      assertGoTogetherIfTheApplicationIsFirst(sqlite());
    }

    @Test
    void daybook_comes_first() throws IOException {
      assertGoTogetherFromVersion0(sqlite());
    }
  }

  @Nested
  class OnPostgres {

    @Test
    void the_application_comes_first() throws IOException {
      try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
        assertGoTogetherIfTheApplicationIsFirst(postgres(database, TableNames.defaults()));
      }
    }

    @Test
    void daybook_comes_first() throws IOException {
      try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
        assertGoTogetherFromVersion0(postgres(database, TableNames.defaults()));
      }
    }

    @Test
    void a_daybook_in_a_schema_of_its_own_is_in_nobodys_way() throws IOException {
      try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
        OwnFlyway own = postgres(database, TableNames.defaults().inSchema("history"));

        assertThat(own.appendByDaybook()).isEqualTo(1);
        assertThat(own.migrate(UnaryOperator.identity())).isEqualTo(1);
        assertGoOn(own, UnaryOperator.identity());
      }
    }
  }

  private static void assertGoTogetherIfTheApplicationIsFirst(OwnFlyway own) throws IOException {
    assertThat(own.migrate(UnaryOperator.identity())).isEqualTo(1);
    assertThat(own.appendByDaybook()).isEqualTo(1);
    assertGoOn(own, UnaryOperator.identity());
  }

  private static void assertGoTogetherFromVersion0(OwnFlyway own) throws IOException {
    assertThat(own.appendByDaybook()).isEqualTo(1);
    assertThatThrownBy(() -> own.migrate(UnaryOperator.identity()))
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("non-empty schema");

    assertThat(own.migrate(flyway -> flyway.baselineOnMigrate(true).baselineVersion("0")))
        .isEqualTo(1);
    assertGoOn(own, flyway -> flyway.baselineOnMigrate(true).baselineVersion("0"));
  }

  /** Both at their next start, and with a further migration. */
  private static void assertGoOn(OwnFlyway own, UnaryOperator<FluentConfiguration> configured)
      throws IOException {
    assertThat(own.orders()).isZero();
    assertThat(own.migrate(configured)).isZero();
    own.addMigration(2, "insert into orders (id) values (7)");
    assertThat(own.migrate(configured)).isEqualTo(1);
    assertThat(own.orders()).isEqualTo(1);
    assertThat(own.appendByDaybook()).isEqualTo(2);
  }

  private OwnFlyway sqlite() throws IOException {
    DataSource file = SqliteDataSources.file(directory.resolve("both.db"));
    return new OwnFlyway(
        file, SQLDialect.SQLITE, directory.resolve("migrations"), TableNames.defaults());
  }

  private OwnFlyway postgres(PostgresDatabase database, TableNames tables) throws IOException {
    return new OwnFlyway(
        database.dataSource(), SQLDialect.POSTGRES, directory.resolve("migrations"), tables);
  }
}
