package dev.daybook.checkpoint.internal;

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

/** The checkpoint store's part of the SQL catalogue, on a store with thousands of rows. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CheckpointSqlTest {

  @Test
  void every_statement_is_in_the_catalogue_with_its_plan(@TempDir Path directory)
      throws SQLException {
    Path file = directory.resolve("stores.db");
    try (Daybook daybook = Daybook.open(file)) {
      daybook.transaction(
          tx ->
              IntStream.range(0, 1_000)
                  .forEach(n -> daybook.with(tx).checkpoints().save("consumer-" + n, n)));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      DSLContext dsl = new Schema(TableNames.defaults()).renderer(Dialect.of(connection));
      new SqlCatalogue(
              "What the checkpoint store runs on SQLite, and how SQLite runs it.", "checkpoint")
          .addFieldsOf(new CheckpointStatements(dsl))
          .expect("load", searching("SEARCH checkpoints USING PRIMARY KEY (consumer=?)"))
          .expect("list", searching("SEARCH checkpoints USING PRIMARY KEY (consumer>?)"))
          .expect("save", nothing())
          .expect("reset", nothing())
          .expect("delete", searching("SEARCH checkpoints USING PRIMARY KEY (consumer=?)"))
          .check(new SqliteExplainer(connection));
    }
  }
}
