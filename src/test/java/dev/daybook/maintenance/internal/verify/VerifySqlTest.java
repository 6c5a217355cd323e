package dev.daybook.maintenance.internal.verify;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.sqlcatalogue.CatalogueTest;
import dev.daybook.sqlcatalogue.ExpectedPlan;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import org.jooq.DSLContext;

/** The check's part of the SQL catalogue: whole tables in the order of an index, never sorted. */
class VerifySqlTest extends CatalogueTest {

  private static final String ALL = "reads all, in the order of the key";
  private static final String COUNTS = "counts all, for the progress";

  VerifySqlTest() {
    super("verify", "a check of the database");
  }

  @Override
  protected void addStatements(SqlCatalogue catalogue, DSLContext dsl) {
    catalogue.addFieldsOf(new VerifyStatements(dsl));
  }

  @Override
  protected void addCallers(SqlCatalogue catalogue) {
    catalogue.runBy(
        "Maintenance.verify",
        "streams",
        "numbers",
        "taggedEvents",
        "tags",
        "events",
        "snapshots",
        "highestPosition",
        "checkpoints",
        "deadLetters",
        "metas",
        "records",
        "countEvents",
        "countTags",
        "countSnapshots",
        "countCheckpoints",
        "countDeadLetters",
        "countRecords");
  }

  @Override
  protected void expectOnSqlite(SqlCatalogue catalogue) {
    catalogue
        .expect("streams", all("SCAN streams"))
        .expect("numbers", all("SCAN events USING COVERING INDEX sqlite_autoindex_events_1"))
        .expect("taggedEvents", all("SCAN events USING INDEX sqlite_autoindex_events_1"))
        .expect("tags", all("SCAN events_tags"))
        .expect("events", all("SCAN events"))
        .expect(
            "snapshots",
            searching(
                    "SEARCH streams USING PRIMARY KEY (stream_id=?) LEFT-JOIN",
                    "SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)")
                .allowing("SCAN snapshots USING INDEX sqlite_autoindex_snapshots_1", ALL))
        .expect("highestPosition", searching("SEARCH events"))
        .expect("checkpoints", all("SCAN checkpoints"))
        .expect(
            "deadLetters",
            searching(
                    "SEARCH streams USING PRIMARY KEY (stream_id=?) LEFT-JOIN",
                    "SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq=?)")
                .allowing("SCAN dead_letters", ALL))
        .expect("metas", all("SCAN doc_meta"))
        .expect("records", all("SCAN doc_records"))
        .expect("countEvents", counts("SCAN events USING COVERING INDEX sqlite_autoindex_events_1"))
        .expect("countTags", counts("SCAN events_tags"))
        .expect(
            "countSnapshots",
            counts("SCAN snapshots USING COVERING INDEX sqlite_autoindex_snapshots_1"))
        .expect("countCheckpoints", counts("SCAN checkpoints"))
        .expect("countDeadLetters", counts("SCAN dead_letters"))
        .expect("countRecords", counts("SCAN doc_records"));
  }

  @Override
  protected void expectOnPostgres(SqlCatalogue catalogue) {
    catalogue
        .expect("streams", all("Index Scan using streams_pkey on streams"))
        .expect("numbers", all("Index Scan using events_pkey on events"))
        .expect("taggedEvents", all("Index Scan using events_pkey on events"))
        .expect("tags", all("Index Scan using events_tags_pkey on events_tags"))
        .expect("events", all("Index Scan using events_by_position on events"))
        .expect(
            "snapshots",
            all("Index Scan using snapshots_pkey on snapshots")
                .allowing("Index Scan using streams_pkey on streams", "walks along, in its order")
                .allowing("Materialize", "keeps the stream's row for its next snapshot"))
        .expect(
            "highestPosition",
            nothing()
                .allowing(
                    "Index Only Scan Backward using events_by_position on events",
                    "takes the last entry"))
        .expect("checkpoints", all("Index Scan using checkpoints_pkey on checkpoints"))
        .expect(
            "deadLetters",
            searching(
                    "Index Scan using streams_pkey on streams: (stream_id = dead_letters.stream_id)",
                    "Index Scan using events_pkey on events: ((stream_id = dead_letters.stream_id) AND (seq = dead_letters.seq))")
                .allowing("Index Scan using dead_letters_pkey on dead_letters", ALL))
        .expect("metas", all("Index Scan using doc_meta_pkey on doc_meta"))
        .expect("records", all("Index Scan using doc_records_pkey on doc_records"))
        .expect("countEvents", counts("Seq Scan on events"))
        .expect("countTags", counts("Seq Scan on events_tags"))
        .expect("countSnapshots", counts("Seq Scan on snapshots"))
        .expect("countCheckpoints", counts("Seq Scan on checkpoints"))
        .expect("countDeadLetters", counts("Seq Scan on dead_letters"))
        .expect("countRecords", counts("Seq Scan on doc_records"));
  }

  private static ExpectedPlan all(String step) {
    return nothing().allowing(step, ALL);
  }

  private static ExpectedPlan counts(String step) {
    return nothing().allowing(step, COUNTS);
  }
}
