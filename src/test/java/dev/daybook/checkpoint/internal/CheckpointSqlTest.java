package dev.daybook.checkpoint.internal;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.sqlcatalogue.CatalogueTest;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import org.jooq.DSLContext;

/** The checkpoint store's part of the SQL catalogue. */
class CheckpointSqlTest extends CatalogueTest {

  CheckpointSqlTest() {
    super("checkpoint", "the checkpoint store");
  }

  @Override
  protected void addStatements(SqlCatalogue catalogue, DSLContext dsl) {
    catalogue.addFieldsOf(new CheckpointStatements(dsl));
  }

  @Override
  protected void addCallers(SqlCatalogue catalogue) {
    catalogue
        .runBy("CheckpointStore.load", "load")
        .runBy("CheckpointStore.list", "list")
        .runBy("CheckpointStore.save", "save")
        .runBy("CheckpointStore.reset", "claim", "reset")
        .runBy("CheckpointStore.delete", "delete");
  }

  @Override
  protected void expectOnSqlite(SqlCatalogue catalogue) {
    catalogue
        .expect("load", searching("SEARCH checkpoints USING PRIMARY KEY (consumer=?)"))
        .expect("list", searching("SEARCH checkpoints USING PRIMARY KEY (consumer>?)"))
        .expect("save", nothing())
        .expect("claim", searching("SEARCH checkpoints USING PRIMARY KEY (consumer=?)"))
        .expect("reset", nothing())
        .expect("delete", searching("SEARCH checkpoints USING PRIMARY KEY (consumer=?)"));
  }

  @Override
  protected void expectOnPostgres(SqlCatalogue catalogue) {
    String consumer = "Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)";
    catalogue
        .expect("load", searching(consumer))
        .expect(
            "list",
            searching("Index Scan using checkpoints_pkey on checkpoints: (consumer > ''::text)"))
        .expect("save", nothing())
        .expect("claim", searching(consumer))
        .expect("reset", nothing())
        .expect("delete", searching(consumer));
  }
}
