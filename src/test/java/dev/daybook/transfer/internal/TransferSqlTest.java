package dev.daybook.transfer.internal;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.sqlcatalogue.CatalogueTest;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import java.util.List;
import org.jooq.DSLContext;

/** The copy's part of the SQL catalogue: each page is entered by its key. */
class TransferSqlTest extends CatalogueTest {

  private static final String MARK = "SEARCH checkpoints USING PRIMARY KEY (consumer=?)";
  private static final String EVENTS = "SEARCH events USING ";
  private static final String BY_STREAM = "INDEX sqlite_autoindex_events_1 ";
  private static final String TAGS = "SEARCH events_tags USING PRIMARY KEY ";
  private static final String SNAPSHOTS =
      "SEARCH snapshots USING INDEX sqlite_autoindex_snapshots_1 ";
  private static final String OF_EVENT = "(stream_id=? AND seq=?)";

  /** A table by its name in the catalogue, how a page is entered, and a row found to delete it. */
  private record Plans(String name, StoredTable table, String page, String row) {}

  private static final List<Plans> TABLES =
      List.of(
          new Plans(
              "journal",
              StoredTable.JOURNAL,
              EVENTS + "INTEGER PRIMARY KEY (rowid>? AND rowid<?)",
              ""),
          new Plans(
              "streams",
              StoredTable.STREAM_ROWS,
              "SEARCH streams USING PRIMARY KEY (stream_id>?)",
              "SEARCH streams USING PRIMARY KEY (stream_id=?)"),
          new Plans(
              "eventsOfStreams",
              StoredTable.EVENTS_OF_STREAMS,
              EVENTS + BY_STREAM + "((stream_id,seq)>(?,?))",
              ""),
          new Plans("tags", StoredTable.TAGS, TAGS + "((stream_id,seq,tag)>(?,?,?))", ""),
          new Plans(
              "snapshots",
              StoredTable.STATES,
              SNAPSHOTS + "((stream_id,seq)>(?,?))",
              SNAPSHOTS + OF_EVENT),
          new Plans(
              "metas",
              StoredTable.METAS,
              "SEARCH doc_meta USING PRIMARY KEY (doc_id>?)",
              "SEARCH doc_meta USING PRIMARY KEY (doc_id=?)"),
          new Plans(
              "records",
              StoredTable.RECORDS,
              "SEARCH doc_records USING PRIMARY KEY ((doc_id,seq)>(?,?))",
              "SEARCH doc_records USING PRIMARY KEY (doc_id=? AND seq=?)"),
          new Plans(
              "checkpoints",
              StoredTable.CONSUMERS,
              "SEARCH checkpoints USING PRIMARY KEY (consumer>?)",
              MARK),
          new Plans(
              "deadLetters",
              StoredTable.LETTERS,
              "SEARCH dead_letters USING PRIMARY KEY ((consumer,global_position)>(?,?))",
              "SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)"));

  TransferSqlTest() {
    super("transfer", "a copy of a store");
  }

  @Override
  protected void addStatements(SqlCatalogue catalogue, DSLContext dsl) {
    TransferStatements sql = new TransferStatements(dsl);
    catalogue.addFieldsOf(sql);
    for (Plans plans : TABLES) {
      TableSql table = sql.of(plans.table());
      catalogue.add(plans.name() + "Page", table.page.sql());
      if (plans.table().isLarge()) {
        catalogue.add(plans.name() + "Sizes", table.sizes.sql());
      }
      if (plans.table() != StoredTable.EVENTS_OF_STREAMS) {
        catalogue.add(plans.name() + "Upsert", table.upsert.sql());
      }
      if (!plans.row().isEmpty()) {
        catalogue.add(plans.name() + "Delete", table.delete.sql());
      }
    }
  }

  @Override
  protected void expectOnSqlite(SqlCatalogue catalogue) {
    catalogue
        .expect("mark", searching(MARK))
        .expect("makeMark", nothing())
        .expect("takeMark", searching(MARK))
        .expect("moveMark", searching(MARK))
        .expect("closeMark", searching(MARK))
        .expect("dropMark", searching(MARK))
        .expect(
            "tagsBetween",
            searching(EVENTS + "INTEGER PRIMARY KEY (rowid>? AND rowid<?)", TAGS + OF_EVENT))
        .expect("highestEvent", searching("SEARCH events"))
        .expect("eventsBehind", searching(EVENTS + "INTEGER PRIMARY KEY (rowid>?)"))
        .expect("newest", searching(EVENTS + "INTEGER PRIMARY KEY (rowid<?)"))
        .expect("outlineAt", searching(EVENTS + "INTEGER PRIMARY KEY (rowid=?)"))
        .expect("outlineOf", searching(EVENTS + BY_STREAM + OF_EVENT))
        .expect("deletedTo", searching("SEARCH streams USING PRIMARY KEY (stream_id=?)"))
        .expect("deleteTags", searching(TAGS + "(stream_id=? AND seq<?)"))
        .expect(
            "deleteEvents",
            searching(
                EVENTS + "COVERING " + BY_STREAM + "(stream_id=? AND seq<?)", TAGS + OF_EVENT));
    TABLES.forEach(plans -> expect(catalogue, plans));
  }

  @Override
  protected void expectOnPostgres(SqlCatalogue catalogue) {}

  private static void expect(SqlCatalogue catalogue, Plans plans) {
    String name = plans.name();
    catalogue.expect(name + "Page", searching(plans.page()));
    if (plans.table().isLarge()) {
      catalogue.expect(name + "Sizes", searching(plans.page()));
    }
    if (plans.table() != StoredTable.EVENTS_OF_STREAMS) {
      catalogue.expect(name + "Upsert", nothing());
    }
    if (!plans.row().isEmpty()) {
      catalogue.expect(name + "Delete", searching(plans.row()));
    }
  }
}
