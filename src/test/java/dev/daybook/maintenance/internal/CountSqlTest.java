package dev.daybook.maintenance.internal;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;

import dev.daybook.sqlcatalogue.CatalogueTest;
import dev.daybook.sqlcatalogue.ExpectedPlan;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import org.jooq.DSLContext;

/** The part of the SQL catalogue that counts what is stored. */
class CountSqlTest extends CatalogueTest {

  CountSqlTest() {
    super("count", "a count of what is stored");
  }

  @Override
  protected void addStatements(SqlCatalogue catalogue, DSLContext dsl) {
    catalogue.addFieldsOf(new CountStatements(dsl));
  }

  @Override
  protected void addCallers(SqlCatalogue catalogue) {
    catalogue
        .runBy("Maintenance.typeCounts", "types")
        .runBy("Maintenance.tagCounts", "tags")
        .runBy("Maintenance.totals", "totals")
        .runBy("Maintenance.positionGaps", "gaps");
  }

  @Override
  protected void expectOnSqlite(SqlCatalogue catalogue) {
    catalogue
        .expect(
            "types",
            nothing()
                .allowing("SCAN events", "counts the events")
                .allowing("USE TEMP B-TREE FOR GROUP BY", "there are few types"))
        .expect(
            "tags",
            nothing()
                .allowing(
                    "SCAN events_tags USING COVERING INDEX events_tags_by_tag", "counts the tags"))
        .expect(
            "totals",
            nothing()
                .allowing("SCAN events_tags", "counts the tags")
                .allowing(
                    "SCAN snapshots USING COVERING INDEX sqlite_autoindex_snapshots_1",
                    "counts the snapshots")
                .allowing("SCAN doc_meta", "counts the documents")
                .allowing("SCAN doc_records", "counts the records"))
        .expect(
            "gaps",
            nothing()
                .allowing(
                    "SCAN events USING COVERING INDEX sqlite_autoindex_events_1",
                    "counts the events")
                .allowing("SCAN streams", "counts the streams"));
  }

  @Override
  protected void expectOnPostgres(SqlCatalogue catalogue) {
    catalogue
        .expect("types", counting("events"))
        .expect("tags", counting("events_tags"))
        .expect(
            "totals",
            nothing()
                .allowing("Seq Scan on events_tags", "counts the tags")
                .allowing("Seq Scan on snapshots", "counts the snapshots")
                .allowing("Seq Scan on doc_meta", "counts the documents")
                .allowing("Seq Scan on doc_records", "counts the records"))
        .expect(
            "gaps",
            nothing()
                .allowing("Seq Scan on events", "counts the events")
                .allowing("Seq Scan on streams", "counts the streams"));
  }

  private static ExpectedPlan counting(String table) {
    return nothing()
        .allowing("Seq Scan on " + table, "counts all")
        .allowing("HashAggregate", "has a row for each name")
        .allowing("Sort", "of the names");
  }
}
