package dev.daybook.subscription.internal;

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
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The subscriptions' part of the SQL catalogue, on a store with thousands of rows. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SubscriptionSqlTest {

  private static final String CHECKPOINT = "SEARCH checkpoints USING PRIMARY KEY (consumer=?)";
  private static final String LETTERS = "SEARCH dead_letters USING PRIMARY KEY (consumer=?)";
  private static final String LETTER =
      "SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)";
  private static final String BEHIND = "SEARCH events USING INTEGER PRIMARY KEY (rowid>?)";

  @Test
  void every_statement_is_in_the_catalogue_with_its_plan(@TempDir Path directory)
      throws SQLException {
    Path file = directory.resolve("stores.db");
    try (Daybook daybook = Daybook.open(file)) {
      SeededJournal.fill(
          daybook,
          1_000,
          10,
          stream -> "stream-" + stream,
          n -> NewEvent.of(EncodedEvent.json("type", "{}")));
      daybook.transaction(
          tx ->
              IntStream.range(0, 1_000)
                  .forEach(n -> daybook.with(tx).checkpoints().save("consumer-" + n, n)));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      DSLContext dsl = new Schema(TableNames.defaults()).renderer(Dialect.of(connection));
      new SqlCatalogue("What subscriptions run on SQLite, and how SQLite runs it.", "subscription")
          .addFieldsOf(new SubscriptionStatements(dsl))
          .expect("create", nothing())
          .expect("holder", searching(CHECKPOINT))
          .expect("acquire", searching(CHECKPOINT))
          .expect("save", searching(CHECKPOINT))
          .expect("renew", searching(CHECKPOINT))
          .expect("release", searching(CHECKPOINT))
          .expect(
              "list",
              searching(
                  "SEARCH checkpoints USING PRIMARY KEY (consumer>?)", BEHIND, BEHIND, LETTERS))
          .expect("find", searching(CHECKPOINT, BEHIND, BEHIND, LETTERS))
          .expect("park", nothing())
          .expect("letters", searching(LETTERS))
          .expect(
              "allLetters",
              searching().allowing("SCAN dead_letters", "lists all, in the order of the key"))
          .expect("nextAsked", searching(LETTERS))
          .expect("askRetry", searching(LETTER))
          .expect("failedAgain", searching(LETTER))
          .expect("drop", searching(LETTER))
          .expect("dropAll", searching(LETTERS))
          .check(new SqliteExplainer(connection));
    }
  }
}
