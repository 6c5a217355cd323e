package dev.daybook.maintenance.internal;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.sqlcatalogue.CatalogueTest;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import java.util.Optional;
import org.jooq.DSLContext;

/** The doctor's part of the SQL catalogue; what is asked of the server's locks is the journal's. */
class DoctorSqlTest extends CatalogueTest {

  DoctorSqlTest() {
    super("doctor", "a look at how far readers come");
  }

  @Override
  protected void addStatements(SqlCatalogue catalogue, DSLContext dsl) {
    catalogue.addFieldsOf(new DoctorStatements(dsl, Optional.empty()));
  }

  @Override
  protected void addCallers(SqlCatalogue catalogue) {
    catalogue.runBy("Maintenance.doctor", "database", "lastEvent", "eventsBehind");
  }

  @Override
  protected void expectOnSqlite(SqlCatalogue catalogue) {
    catalogue
        .expect("database", nothing())
        .expect("lastEvent", searching("SEARCH events"))
        .expect("eventsBehind", searching("SEARCH events USING INTEGER PRIMARY KEY (rowid>?)"));
  }

  @Override
  protected void expectOnPostgres(SqlCatalogue catalogue) {
    catalogue
        .expect("database", nothing())
        .expect(
            "lastEvent",
            nothing()
                .allowing(
                    "Index Only Scan Backward using events_by_position on events",
                    "takes the last entry"))
        .expect(
            "eventsBehind",
            searching("Index Only Scan using events_by_position on events: (global_position > ?)"));
  }
}
