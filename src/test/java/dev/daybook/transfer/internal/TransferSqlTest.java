package dev.daybook.transfer.internal;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.Daybook;
import dev.daybook.TableNames;
import dev.daybook.fixture.SeededJournal;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.schema.Schema;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.NewEvent;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import dev.daybook.sqlcatalogue.SqliteExplainer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The copy's part of the SQL catalogue, on 3 000 events: each page is entered by its key. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransferSqlTest {

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

  @Test
  void every_statement_is_in_the_catalogue_with_its_plan(@TempDir Path directory)
      throws SQLException {
    Path file = directory.resolve("transfer.db");
    try (Daybook daybook = Daybook.open(file)) {
      SeededJournal.fill(
          daybook,
          300,
          10,
          stream -> "stream-" + stream,
          n -> NewEvent.of(EncodedEvent.json("T", "{}")).tagged("tag-" + n % 10));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("pragma foreign_keys = 1");
      }
      DSLContext dsl = new Schema(TableNames.defaults()).renderer(Dialect.of(connection));
      TransferStatements sql = new TransferStatements(dsl);
      SqlCatalogue catalogue =
          new SqlCatalogue("What a copy of a store runs on SQLite.", "transfer")
              .addFieldsOf(sql)
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
                      EVENTS + "COVERING " + BY_STREAM + "(stream_id=? AND seq<?)",
                      TAGS + OF_EVENT));
      TABLES.forEach(plans -> add(catalogue, plans, sql.of(plans.table())));
      catalogue.check(new SqliteExplainer(connection));
    }
  }

  private static void add(SqlCatalogue catalogue, Plans plans, TableSql sql) {
    String name = plans.name();
    catalogue.add(name + "Page", sql.page.sql()).expect(name + "Page", searching(plans.page()));
    if (plans.table().isLarge()) {
      catalogue
          .add(name + "Sizes", sql.sizes.sql())
          .expect(name + "Sizes", searching(plans.page()));
    }
    if (plans.table() != StoredTable.EVENTS_OF_STREAMS) {
      catalogue.add(name + "Upsert", sql.upsert.sql()).expect(name + "Upsert", nothing());
    }
    if (!plans.row().isEmpty()) {
      catalogue
          .add(name + "Delete", sql.delete.sql())
          .expect(name + "Delete", searching(plans.row()));
    }
  }
}
