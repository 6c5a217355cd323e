package dev.daybook.transfer.internal;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.sqlcatalogue.CatalogueTest;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;

/** The copy's part of the SQL catalogue: each page is entered by its key. */
class TransferSqlTest extends CatalogueTest {

  /** The tables by their names in the catalogue. */
  private static final Map<String, StoredTable> TABLES = tables();

  TransferSqlTest() {
    super("transfer", "a copy of a store");
  }

  @Override
  protected void addStatements(SqlCatalogue catalogue, DSLContext dsl) {
    TransferStatements sql = new TransferStatements(dsl);
    catalogue.addFieldsOf(sql);
    TABLES.forEach((name, table) -> add(catalogue, name, sql.of(table)));
  }

  private static void add(SqlCatalogue catalogue, String name, TableSql sql) {
    catalogue.add(name + "Page", sql.page);
    catalogue.add(name + "Count", sql.count);
    sql.load.ifPresent(load -> catalogue.add(name + "Load", load));
    catalogue.add(name + "Upsert", sql.upsert);
    if (isDeletedByKey(sql.table)) {
      catalogue.add(name + "Delete", sql.delete);
    }
  }

  @Override
  protected void addCallers(SqlCatalogue catalogue) {
    catalogue.names().forEach(name -> catalogue.runBy("Daybook.copyTo", name));
  }

  @Override
  protected void expectOnSqlite(SqlCatalogue catalogue) {
    String mark = "SEARCH checkpoints USING PRIMARY KEY (consumer=?)";
    String events = "SEARCH events USING ";
    String byStream = "INDEX sqlite_autoindex_events_1 ";
    String tags = "SEARCH events_tags USING PRIMARY KEY ";
    String ofEvent = "(stream_id=? AND seq=?)";
    catalogue
        .expect("mark", searching(mark))
        .expect("makeMark", nothing())
        .expect("takeMark", searching(mark))
        .expect("moveMark", searching(mark))
        .expect("closeMark", searching(mark))
        .expect(
            "tagsBetween",
            searching(events + "INTEGER PRIMARY KEY (rowid>? AND rowid<?)", tags + ofEvent))
        .expect("highestEvent", searching("SEARCH events"))
        .expect("eventsBehind", searching(events + "INTEGER PRIMARY KEY (rowid>?)"))
        .expect("newest", searching(events + "INTEGER PRIMARY KEY (rowid<?)"))
        .expect("outlineAt", searching(events + "INTEGER PRIMARY KEY (rowid=?)"))
        .expect("outlineOf", searching(events + byStream + ofEvent))
        .expect("deletedTo", searching("SEARCH streams USING PRIMARY KEY (stream_id=?)"))
        .expect("deleteTags", searching(tags + "(stream_id=? AND seq<?)"))
        .expect(
            "deleteEvents",
            searching(events + "COVERING " + byStream + "(stream_id=? AND seq<?)", tags + ofEvent));
    catalogue
        .expect("journalCount", searching(events + "COVERING " + byStream + "(stream_id=?)"))
        .expect("streamsCount", searching("SEARCH streams USING PRIMARY KEY (stream_id=?)"))
        .expect("tagsCount", searching(tags + "(stream_id=?)"))
        .expect(
            "snapshotsCount",
            searching(
                "SEARCH snapshots USING COVERING INDEX sqlite_autoindex_snapshots_1 (stream_id=?)"))
        .expect("metasCount", searching("SEARCH doc_meta USING PRIMARY KEY (doc_id=?)"))
        .expect("recordsCount", searching("SEARCH doc_records USING PRIMARY KEY (doc_id=?)"))
        .expect("checkpointsCount", searching("SEARCH checkpoints USING PRIMARY KEY (consumer=?)"))
        .expect("deadLettersCount", searching("SEARCH dead_letters USING PRIMARY KEY (consumer=?)"))
        .expect("loadsCount", searching("SEARCH loads USING PRIMARY KEY (load_name=?)"));
    expectTable(catalogue, "journal", events + "INTEGER PRIMARY KEY (rowid>? AND rowid<?)", "");
    expectTable(catalogue, "tags", tags + "((stream_id,seq,tag)>(?,?,?))", "");
    expectTableOnSqlite(catalogue, "streams", "streams USING PRIMARY KEY", "stream_id");
    catalogue.expect(
        "streamsPage",
        searching(
            "SEARCH streams USING PRIMARY KEY (stream_id>?)",
            events + "COVERING " + byStream + "(stream_id=?)"));
    expectTableOnSqlite(
        catalogue,
        "snapshots",
        "snapshots USING INDEX sqlite_autoindex_snapshots_1",
        "stream_id",
        "seq");
    expectTableOnSqlite(catalogue, "metas", "doc_meta USING PRIMARY KEY", "doc_id");
    expectTableOnSqlite(catalogue, "records", "doc_records USING PRIMARY KEY", "doc_id", "seq");
    expectTableOnSqlite(catalogue, "checkpoints", "checkpoints USING PRIMARY KEY", "consumer");
    expectTableOnSqlite(
        catalogue, "deadLetters", "dead_letters USING PRIMARY KEY", "consumer", "global_position");
    expectTableOnSqlite(catalogue, "loads", "loads USING PRIMARY KEY", "load_name");
  }

  @Override
  protected void expectOnPostgres(SqlCatalogue catalogue) {
    String mark = "Index Scan using checkpoints_pkey on checkpoints: (consumer = ''::text)";
    String events = "Index Scan using events_by_position on events: ";
    String upTo = ": ((stream_id = ?) AND (seq <= ?))";
    catalogue
        .expect("mark", searching(mark))
        .expect("makeMark", nothing())
        .expect("takeMark", searching(mark))
        .expect("moveMark", searching(mark))
        .expect("closeMark", searching(mark))
        .expect(
            "tagsBetween",
            searching(
                    events + "((global_position > ?) AND (global_position <= ?))",
                    "Index Scan using events_tags_pkey on events_tags: ((stream_id = events.stream_id) AND (seq = events.seq))")
                .allowing("Memoize", "keeps events that were looked up, as far as there is room"))
        .expect(
            "highestEvent",
            nothing()
                .allowing(
                    "Index Only Scan Backward using events_by_position on events",
                    "takes the last entry"))
        .expect(
            "eventsBehind",
            searching("Index Only Scan using events_by_position on events: (global_position > ?)"))
        .expect(
            "newest",
            searching(
                "Index Scan Backward using events_by_position on events: (global_position < ?)"))
        .expect("outlineAt", searching(events + "(global_position = ?)"))
        .expect(
            "outlineOf",
            searching("Index Scan using events_pkey on events: ((stream_id = ?) AND (seq = ?))"))
        .expect("deletedTo", searching("Index Scan using streams_pkey on streams: (stream_id = ?)"))
        .expect("deleteTags", searching("Bitmap Index Scan on events_tags_pkey" + upTo))
        .expect("deleteEvents", searching("Bitmap Index Scan on events_pkey" + upTo));
    String only = "Index Only Scan using ";
    catalogue
        .expect("journalCount", searching("Bitmap Index Scan on events_pkey: (stream_id = ?)"))
        .expect("streamsCount", searching(only + "streams_pkey on streams: (stream_id = ?)"))
        .expect("tagsCount", searching("Bitmap Index Scan on events_tags_pkey: (stream_id = ?)"))
        .expect("snapshotsCount", searching(only + "snapshots_pkey on snapshots: (stream_id = ?)"))
        .expect("metasCount", searching(only + "doc_meta_pkey on doc_meta: (doc_id = ?)"))
        .expect("recordsCount", searching(only + "doc_records_pkey on doc_records: (doc_id = ?)"))
        .expect(
            "checkpointsCount", searching(only + "checkpoints_pkey on checkpoints: (consumer = ?)"))
        .expect(
            "deadLettersCount",
            searching(only + "dead_letters_pkey on dead_letters: (consumer = ?)"))
        .expect("loadsCount", searching(only + "loads_pkey on loads: (load_name = ?)"));
    TABLES.keySet().forEach(name -> catalogue.expect(name + "Load", nothing()));
    expectTable(
        catalogue, "journal", events + "((global_position > ?) AND (global_position <= ?))", "");
    expectTable(
        catalogue,
        "tags",
        "Index Scan using events_tags_pkey on events_tags: (ROW(stream_id, seq, tag) > ROW(?, ?, ?))",
        "");
    expectTableOnPostgres(catalogue, "streams", "streams", "stream_id");
    expectTableOnPostgres(catalogue, "snapshots", "snapshots", "stream_id", "seq");
    expectTableOnPostgres(catalogue, "metas", "doc_meta", "doc_id");
    expectTableOnPostgres(catalogue, "records", "doc_records", "doc_id", "seq");
    expectTableOnPostgres(catalogue, "checkpoints", "checkpoints", "consumer");
    expectTableOnPostgres(catalogue, "deadLetters", "dead_letters", "consumer", "global_position");
    expectTableOnPostgres(catalogue, "loads", "loads", "load_name");
  }

  private static void expectTableOnSqlite(
      SqlCatalogue catalogue, String name, String index, String... key) {
    String columns = String.join(",", key);
    String page =
        key.length == 1
            ? columns + ">?"
            : "(%s)>(%s)".formatted(columns, columns.replaceAll("[^,]+", "?"));
    String row = String.join("=? AND ", key) + "=?";
    expectTable(
        catalogue,
        name,
        "SEARCH %s (%s)".formatted(index, page),
        "SEARCH %s (%s)".formatted(index, row));
  }

  private static void expectTableOnPostgres(
      SqlCatalogue catalogue, String name, String table, String... key) {
    String index = "Index Scan using %s_pkey on %s: ".formatted(table, table);
    String columns = String.join(", ", key);
    if (key.length == 1) {
      expectTable(
          catalogue,
          name,
          index + "(%s > ?)".formatted(columns),
          index + "(%s = ?)".formatted(columns));
    } else {
      expectTable(
          catalogue,
          name,
          index + "(ROW(%s) > ROW(?, ?))".formatted(columns),
          index + "((%s = ?))".formatted(String.join(" = ?) AND (", key)));
    }
  }

  /**
   * @param page how a page is entered
   * @param row how a row is found to be deleted
   */
  private static void expectTable(SqlCatalogue catalogue, String name, String page, String row) {
    StoredTable table = Objects.requireNonNull(TABLES.get(name));
    catalogue.expect(name + "Page", searching(page));
    catalogue.expect(name + "Upsert", nothing());
    if (isDeletedByKey(table)) {
      catalogue.expect(name + "Delete", searching(row));
    }
  }

  /** The others go stream by stream. */
  private static boolean isDeletedByKey(StoredTable table) {
    return table != StoredTable.EVENT_ROWS && table != StoredTable.TAGS;
  }

  private static Map<String, StoredTable> tables() {
    Map<String, StoredTable> tables = new LinkedHashMap<>();
    tables.put("journal", StoredTable.EVENT_ROWS);
    tables.put("streams", StoredTable.STREAM_ROWS);
    tables.put("tags", StoredTable.TAGS);
    tables.put("snapshots", StoredTable.SNAPSHOT_ROWS);
    tables.put("metas", StoredTable.METAS);
    tables.put("records", StoredTable.RECORDS);
    tables.put("checkpoints", StoredTable.CHECKPOINT_ROWS);
    tables.put("deadLetters", StoredTable.DEAD_LETTER_ROWS);
    tables.put("loads", StoredTable.BULK_LOADS);
    return tables;
  }
}
