package dev.daybook.snapshot.internal;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.Daybook;
import dev.daybook.TableNames;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.schema.Schema;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import dev.daybook.sqlcatalogue.SqliteExplainer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snapshot store's part of the SQL catalogue, on a store with thousands of rows. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SnapshotSqlTest {

  private static final String OF_STREAM =
      "SEARCH snapshots USING INDEX sqlite_autoindex_snapshots_1 ";

  @Test
  void every_statement_is_in_the_catalogue_with_its_plan(@TempDir Path directory)
      throws SQLException {
    Path file = directory.resolve("stores.db");
    try (Daybook daybook = Daybook.open(file)) {
      daybook.transaction(
          tx ->
              IntStream.range(0, 3_000)
                  .forEach(
                      n ->
                          daybook
                              .with(tx)
                              .snapshots(String.class)
                              .save("stream-" + n / 3, 1 + n % 3, "state")));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      DSLContext dsl = new Schema(TableNames.defaults()).renderer(Dialect.of(connection));
      new SqlCatalogue(
              "What the snapshot store runs on SQLite, and how SQLite runs it.", "snapshot")
          .addFieldsOf(new SnapshotStatements(dsl))
          .expect("save", nothing())
          .expect(
              "prune",
              searching(
                  "SEARCH snapshots USING COVERING INDEX sqlite_autoindex_snapshots_1 (stream_id=? AND seq<?)",
                  "SEARCH o USING COVERING INDEX sqlite_autoindex_snapshots_1 (stream_id=?)"))
          .expect("newestBefore", searching(OF_STREAM + "(stream_id=? AND seq<?)"))
          .expect("delete", searching(OF_STREAM + "(stream_id=? AND seq<?)"))
          // SQLite empties the table without looking at its rows.
          .expect("invalidateAll", nothing())
          .expect("list", searching(OF_STREAM + "(stream_id=?)"))
          .expect(
              "listAll",
              nothing()
                  .allowing(
                      "SCAN snapshots USING INDEX sqlite_autoindex_snapshots_1",
                      "lists all, in the order of the key"))
          .check(new SqliteExplainer(connection));
    }
  }
}
