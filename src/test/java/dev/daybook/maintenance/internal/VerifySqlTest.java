package dev.daybook.maintenance.internal;

import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.Daybook;
import dev.daybook.TableNames;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.schema.Schema;
import dev.daybook.sqlcatalogue.ExpectedPlan;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import dev.daybook.sqlcatalogue.SqliteExplainer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check's part of the SQL catalogue: whole tables in the order of an index, never sorted. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VerifySqlTest {

  private static final String ALL = "reads all, in the order of the key";
  private static final String COUNTS = "counts all, for the progress";

  @Test
  void every_statement_is_in_the_catalogue_with_its_plan(@TempDir Path directory)
      throws SQLException {
    Path file = directory.resolve("stores.db");
    try (Daybook daybook = Daybook.open(file);
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      daybook.schemaVersion();
      DSLContext dsl = new Schema(TableNames.defaults()).renderer(Dialect.of(connection));
      new SqlCatalogue("What a check of the database runs on SQLite.", "verify")
          .addFieldsOf(new VerifyStatements(dsl))
          .expect("streams", all("SCAN streams"))
          .expect("numbers", all("SCAN events USING COVERING INDEX sqlite_autoindex_events_1"))
          .expect("taggedEvents", all("SCAN events USING INDEX sqlite_autoindex_events_1"))
          .expect("tags", all("SCAN events_tags"))
          .expect("events", all("SCAN events"))
          .expect(
              "snapshots",
              searching("SEARCH streams USING PRIMARY KEY (stream_id=?) LEFT-JOIN")
                  .allowing("SCAN snapshots USING INDEX sqlite_autoindex_snapshots_1", ALL))
          .expect("highestPosition", searching("SEARCH events"))
          .expect("checkpoints", all("SCAN checkpoints"))
          .expect(
              "deadLetters",
              searching(
                      "SEARCH events USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
                      "SEARCH streams USING PRIMARY KEY (stream_id=?) LEFT-JOIN")
                  .allowing("SCAN dead_letters", ALL))
          .expect("metas", all("SCAN doc_meta"))
          .expect("records", all("SCAN doc_records"))
          .expect(
              "countEvents", counts("SCAN events USING COVERING INDEX sqlite_autoindex_events_1"))
          .expect("countTags", counts("SCAN events_tags"))
          .expect(
              "countSnapshots",
              counts("SCAN snapshots USING COVERING INDEX sqlite_autoindex_snapshots_1"))
          .expect("countCheckpoints", counts("SCAN checkpoints"))
          .expect("countDeadLetters", counts("SCAN dead_letters"))
          .expect("countRecords", counts("SCAN doc_records"))
          .check(new SqliteExplainer(connection));
    }
  }

  private static ExpectedPlan all(String step) {
    return searching().allowing(step, ALL);
  }

  private static ExpectedPlan counts(String step) {
    return searching().allowing(step, COUNTS);
  }
}
