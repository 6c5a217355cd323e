package dev.daybook.snapshot.internal;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.sqlcatalogue.CatalogueTest;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import org.jooq.DSLContext;

/** The snapshot store's part of the SQL catalogue. */
class SnapshotSqlTest extends CatalogueTest {

  private static final String OF_STREAM =
      "SEARCH snapshots USING INDEX sqlite_autoindex_snapshots_1 ";

  SnapshotSqlTest() {
    super("snapshot", "the snapshot store");
  }

  @Override
  protected void addStatements(SqlCatalogue catalogue, DSLContext dsl) {
    catalogue.addFieldsOf(new SnapshotStatements(dsl));
  }

  @Override
  protected void addCallers(SqlCatalogue catalogue) {
    catalogue
        .runBy("SnapshotStore.save", "save", "prune")
        .runBy("SnapshotStore.loadBefore", "newestUpTo")
        .runBy("SnapshotStore.loadLatest", "newestUpTo")
        .runBy("SnapshotStore.delete", "delete")
        .runBy("SnapshotStore.invalidate", "delete")
        .runBy("SnapshotStore.deleteAfter", "deleteAfter")
        .runBy("SnapshotStore.invalidateAll", "invalidateAll")
        .runBy("SnapshotStore.list", "list")
        .runBy("SnapshotStore.listAll", "listAll");
  }

  @Override
  protected void expectOnSqlite(SqlCatalogue catalogue) {
    catalogue
        .expect("save", nothing())
        .expect(
            "prune",
            searching(
                "SEARCH snapshots USING COVERING INDEX sqlite_autoindex_snapshots_1 (stream_id=? AND seq<?)",
                "SEARCH o USING COVERING INDEX sqlite_autoindex_snapshots_1 (stream_id=?)"))
        .expect("newestUpTo", searching(OF_STREAM + "(stream_id=? AND seq<?)"))
        .expect("delete", searching(OF_STREAM + "(stream_id=? AND seq<?)"))
        .expect("deleteAfter", searching(OF_STREAM + "(stream_id=? AND seq>?)"))
        // SQLite empties the table without looking at its rows.
        .expect("invalidateAll", nothing())
        .expect("list", searching(OF_STREAM + "(stream_id=?)"))
        .expect(
            "listAll",
            nothing()
                .allowing(
                    "SCAN snapshots USING INDEX sqlite_autoindex_snapshots_1",
                    "lists all, in the order of the key"));
  }

  @Override
  protected void expectOnPostgres(SqlCatalogue catalogue) {
    String ofStream = " using snapshots_pkey on snapshots: ";
    catalogue
        .expect("save", nothing())
        .expect(
            "prune",
            searching(
                "Index Only Scan Backward using snapshots_pkey on snapshots o: (stream_id = ?)",
                "Index Scan" + ofStream + "((stream_id = ?) AND (seq <= (InitPlan 1).col1))"))
        .expect(
            "newestUpTo",
            searching("Index Scan Backward" + ofStream + "((stream_id = ?) AND (seq <= ?))"))
        .expect("delete", searching("Index Scan" + ofStream + "((stream_id = ?) AND (seq <= ?))"))
        .expect(
            "deleteAfter", searching("Index Scan" + ofStream + "((stream_id = ?) AND (seq > ?))"))
        .expect(
            "invalidateAll", nothing().allowing("Seq Scan on snapshots", "deletes every snapshot"))
        .expect("list", searching("Index Scan Backward" + ofStream + "(stream_id = ?)"))
        .expect(
            "listAll",
            nothing()
                .allowing(
                    "Index Scan using snapshots_pkey on snapshots",
                    "lists all, in the order of the key"));
  }
}
