package dev.daybook.versions;

import dev.daybook.Daybook;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.settings.TableNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * An application's own migrations beside a Daybook in one database, each time by a process that
 * begins anew.
 */
public final class OwnFlyway {

  private final DataSource dataSource;
  private final SQLDialect family;
  private final Path migrations;
  private final TableNames tables;

  /**
   * @param directory an empty one
   * @param tables those of the Daybook
   */
  public OwnFlyway(DataSource dataSource, SQLDialect family, Path directory, TableNames tables)
      throws IOException {
    this.dataSource = dataSource;
    this.family = family;
    this.migrations = Files.createDirectories(directory);
    this.tables = tables;
    addMigration(1, "create table orders (id int)");
  }

  /** A migration of the application's. */
  public void addMigration(int version, String sql) throws IOException {
    Files.writeString(migrations.resolve("V%s__m.sql".formatted(version)), sql + ";\n");
  }

  /** Runs the application's migrations, and says how many were not run before. */
  public int migrate(UnaryOperator<FluentConfiguration> more) {
    FluentConfiguration configuration =
        Flyway.configure().dataSource(dataSource).locations("filesystem:" + migrations);
    return more.apply(configuration).load().migrate().migrationsExecuted;
  }

  /** Opens a Daybook, appends an event and says how many there are. */
  public int appendByDaybook() {
    try (Daybook daybook = Daybook.builder(dataSource).tables(tables).build()) {
      daybook.rawJournal().append("a", ExpectedSeq.any(), EncodedEvent.json("Happened", "{}"));
      return daybook.rawJournal().read(EventQuery.all()).size();
    }
  }

  /** How many rows the table of the application's first migration has. */
  public int orders() {
    DSLContext dsl = DSL.using(dataSource, family);
    return Objects.requireNonNull(
        dsl.selectCount().from(DSL.table(DSL.name("orders"))).fetchSingle(0, Integer.class));
  }
}
