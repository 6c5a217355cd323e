package dev.daybook.internal.sql;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.TableNames;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.schema.Schema;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import dev.daybook.sqlcatalogue.SqliteExplainer;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The transactions' part of the SQL catalogue. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransactionSqlTest {

  private final Connection connection;
  private final SqlCatalogue catalogue;

  TransactionSqlTest(@TempDir Path directory) throws SQLException {
    Path file = directory.resolve("empty.db");
    try (Daybook daybook = Daybook.open(file)) {
      assertThat(daybook.schemaVersion()).isNotEmpty();
    }
    this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    Dialect dialect = Dialect.of(connection);
    TransactionSql sql =
        new TransactionSql(
            new Schema(TableNames.defaults()).renderer(dialect), dialect, Schema.tables().get(0));
    this.catalogue =
        new SqlCatalogue("What every transaction runs on SQLite.", "transactions")
            .add("begin", sql.begin().sql())
            .add("beginRead", sql.beginRead().sql())
            .add("commit", sql.commit().sql())
            .add("rollback", sql.rollback().sql())
            .add("claimWrite", sql.claimWrite().orElseThrow().sql())
            .add("savepoint", sql.savepoint(1).sql())
            .add("release", sql.release(1).sql())
            .add("rollbackTo", sql.rollbackTo(1).sql());
    for (String name : catalogue.names()) {
      catalogue.expect(
          name,
          name.equals("claimWrite")
              ? nothing()
                  .allowing("SCAN streams", "never begun: the condition is false for any row")
              : nothing());
    }
  }

  @AfterAll
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void the_catalogue_is_up_to_date() {
    catalogue.checkText(new SqliteExplainer(connection));
  }

  @Test
  void the_catalogue_has_every_statement() {
    assertThat(
            Arrays.stream(TransactionSql.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName))
        .containsExactlyInAnyOrderElementsOf(catalogue.names());
  }

  @Test
  void none_of_them_looks_anything_up() {
    SqliteExplainer explainer = new SqliteExplainer(connection);
    catalogue.names().forEach(name -> catalogue.checkPlan(name, explainer));
  }
}
