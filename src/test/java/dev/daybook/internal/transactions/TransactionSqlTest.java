package dev.daybook.internal.transactions;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.schema.Schema;
import dev.daybook.internal.statements.Script;
import dev.daybook.sqlcatalogue.CatalogueTest;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

/** The transactions' part of the SQL catalogue. */
class TransactionSqlTest extends CatalogueTest {

  private static final Map<String, Function<TransactionSql, Optional<Script>>> STATEMENTS =
      statements();

  TransactionSqlTest() {
    super("transactions", "every transaction");
  }

  @Test
  void the_catalogue_has_every_statement() {
    assertThat(
            Arrays.stream(TransactionSql.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(method -> method.getName()))
        .containsExactlyInAnyOrderElementsOf(STATEMENTS.keySet());
  }

  @Override
  protected void addStatements(SqlCatalogue catalogue, DSLContext dsl) {
    TransactionSql sql = new TransactionSql(dsl, Dialect.of(dsl), Schema.tables().get(0));
    STATEMENTS.forEach(
        (name, statement) ->
            statement.apply(sql).ifPresent(rendered -> catalogue.add(name, rendered)));
    if (!Dialect.of(dsl).hasOneWriter()) {
      catalogue.without("the driver begins and rolls back", "begin", "rollback");
    }
  }

  @Override
  protected void addCallers(SqlCatalogue catalogue) {
    catalogue
        .runBy("every method that writes", "commit")
        .runBy("Daybook.transaction", "commit", "savepoint", "release", "rollbackTo")
        .runBy("Repositories within a caller's transaction", "savepoint", "release", "rollbackTo")
        .runBy("Maintenance.verify", "beginRead");
  }

  @Override
  protected void expectOnSqlite(SqlCatalogue catalogue) {
    catalogue
        .runBy("every method that writes", "begin", "rollback")
        .runBy("Maintenance.verify", "rollback")
        .runBy("Repositories within a caller's transaction", "claimWrite");
    expectNoSearch(catalogue);
    catalogue.expect(
        "claimWrite",
        nothing().allowing("SCAN streams", "never begun: the condition is false for any row"));
  }

  @Override
  protected void expectOnPostgres(SqlCatalogue catalogue) {
    expectNoSearch(catalogue);
  }

  private static void expectNoSearch(SqlCatalogue catalogue) {
    catalogue.names().forEach(name -> catalogue.expect(name, nothing()));
  }

  private static Map<String, Function<TransactionSql, Optional<Script>>> statements() {
    Map<String, Function<TransactionSql, Optional<Script>>> statements = new LinkedHashMap<>();
    statements.put("begin", sql -> Optional.of(sql.begin()));
    statements.put("beginRead", sql -> Optional.of(sql.beginRead()));
    statements.put("commit", sql -> Optional.of(sql.commit()));
    statements.put("rollback", sql -> Optional.of(sql.rollback()));
    statements.put("claimWrite", TransactionSql::claimWrite);
    statements.put("savepoint", sql -> Optional.of(sql.savepoint(1)));
    statements.put("release", sql -> Optional.of(sql.release(1)));
    statements.put("rollbackTo", sql -> Optional.of(sql.rollbackTo(1)));
    return statements;
  }
}
