package dev.daybook.internal.schema;

import dev.daybook.settings.TableNames;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** A store's tables as an earlier version of the library has made them. */
public final class OlderSchema {

  private OlderSchema() {}

  /**
   * Makes the tables in a database that has none.
   *
   * @param dialect the folder of the migrations
   * @param version the last migration that is run
   */
  public static void make(DataSource database, String dialect, String version) {
    Schema schema = new Schema(TableNames.defaults());
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:dev/daybook/db-migrations/" + dialect)
        .table(schema.history())
        .placeholders(schema.placeholders())
        .target(version)
        .load()
        .migrate();
  }
}
