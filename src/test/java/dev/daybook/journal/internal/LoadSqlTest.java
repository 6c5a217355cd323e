package dev.daybook.journal.internal;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.sqlcatalogue.CatalogueTest;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import org.jooq.DSLContext;

/** The bulk loads' part of the SQL catalogue. */
class LoadSqlTest extends CatalogueTest {

  LoadSqlTest() {
    super("load", "bulk loads");
  }

  @Override
  protected void addStatements(SqlCatalogue catalogue, DSLContext dsl) {
    catalogue.addFieldsOf(new LoadStatements(dsl));
  }

  @Override
  protected void addCallers(SqlCatalogue catalogue) {
    catalogue
        .runBy("Journal.bulkLoad", "progress")
        .runBy("BulkLoad.append", "begin")
        .runBy("BulkLoad.appendRecorded", "move")
        .runBy("BulkLoad.forget", "forget");
  }

  @Override
  protected void expectOnSqlite(SqlCatalogue catalogue) {
    expect(catalogue, "SEARCH loads USING PRIMARY KEY (load_name=?)");
  }

  @Override
  protected void expectOnPostgres(SqlCatalogue catalogue) {
    expect(catalogue, "Index Scan using loads_pkey on loads: (load_name = ?)");
  }

  private static void expect(SqlCatalogue catalogue, String byName) {
    catalogue
        .expect("progress", searching(byName))
        .expect("begin", nothing())
        .expect("move", searching(byName))
        .expect("forget", searching(byName));
  }
}
