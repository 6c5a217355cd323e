package dev.daybook.stream.internal;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.Daybook;
import dev.daybook.TableNames;
import dev.daybook.fixture.SeededJournal;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.jooq.Tables;
import dev.daybook.internal.schema.Schema;
import dev.daybook.internal.sql.Rendered;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.NewEvent;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import dev.daybook.sqlcatalogue.SqliteExplainer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jooq.DSLContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The part of the SQL catalogue that is about the streams' life, on 3 000 events. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StreamSqlTest {

  private static final String STREAM = "SEARCH streams USING PRIMARY KEY (stream_id=?)";
  private static final String TAGS = "SEARCH events_tags USING PRIMARY KEY ";
  private static final String TAGS_OF_EVENT = TAGS + "(stream_id=? AND seq=?)";
  private static final String EVENTS = "SEARCH events USING INDEX sqlite_autoindex_events_1 ";
  private static final String SNAPSHOTS =
      "SEARCH snapshots USING INDEX sqlite_autoindex_snapshots_1 ";

  @Test
  void every_statement_is_in_the_catalogue_with_its_plan(@TempDir Path directory)
      throws SQLException {
    Path file = directory.resolve("streams.db");
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
      new SqlCatalogue("What the streams' life runs on SQLite, and how SQLite runs it.", "stream")
          .addFieldsOf(
              new StreamStatements(
                  dsl,
                  Rendered.of(
                      dsl,
                      Dialect.of(dsl)
                          .drawPositions(
                              dsl,
                              new Schema(TableNames.defaults()).name(Tables.EVENTS),
                              StreamStatements.DRAWN))))
          .expect("stream", searching(STREAM))
          .expect("claim", searching(STREAM))
          .expect(
              "drawPositions",
              nothing()
                  .allowing("SCAN n", "the numbers from 1 to the length of a page")
                  .allowing("USE TEMP B-TREE FOR ORDER BY", "the same numbers")
                  .allowing("SCAN sqlite_sequence", "has a row a table"))
          .expect("changeState", searching(STREAM))
          .expect("markEmptied", searching(STREAM))
          .expect("makeStream", nothing())
          .expect("saveStream", nothing())
          .expect("deleteTags", searching(TAGS + "(stream_id=? AND seq<?)"))
          .expect(
              "deleteEvents",
              searching(
                  "SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq<?)",
                  TAGS_OF_EVENT))
          .expect("deleteSnapshots", searching(SNAPSHOTS + "(stream_id=?)"))
          .expect("events", searching(EVENTS + "(stream_id=? AND seq>? AND seq<?)"))
          .expect("tags", searching(TAGS + "(stream_id=? AND seq>? AND seq<?)"))
          .expect("snapshots", searching(SNAPSHOTS + "(stream_id=? AND seq>?)"))
          .expect("insertEvent", nothing())
          .expect("insertTag", nothing())
          .expect("insertSnapshot", nothing())
          .check(new SqliteExplainer(connection));
    }
  }
}
