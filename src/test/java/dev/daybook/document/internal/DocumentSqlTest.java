package dev.daybook.document.internal;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.sqlcatalogue.CatalogueTest;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import org.jooq.DSLContext;

/** The document store's part of the SQL catalogue. */
class DocumentSqlTest extends CatalogueTest {

  DocumentSqlTest() {
    super("document", "the document store");
  }

  @Override
  protected void addStatements(SqlCatalogue catalogue, DSLContext dsl) {
    catalogue.addFieldsOf(new DocumentStatements(dsl));
    Dialect.of(dsl)
        .manyRows()
        .ifPresent(manyRows -> catalogue.addFieldsOf(new ManyEntries(dsl, manyRows)));
  }

  @Override
  protected void addCallers(SqlCatalogue catalogue) {
    catalogue
        .runBy("DocumentStore.currentMeta", "meta")
        .runBy(
            "DocumentStore.append",
            "claimMeta",
            "highestSeq",
            "insertRecord",
            "insertEntry",
            "insertMeta",
            "updateMeta")
        .runBy(
            "DocumentStore.replace",
            "claimMeta",
            "highestSeq",
            "insertRecord",
            "updateMeta",
            "deleteRecords")
        .runBy("DocumentStore.loadAll", "records")
        .runBy("DocumentStore.delete", "lock", "deleteRecords", "deleteMeta")
        .runBy(
            "DocumentStore.listDocIds", "idsFrom", "idsBehind", "idsFromBelow", "idsBehindBelow");
  }

  @Override
  protected void expectOnSqlite(SqlCatalogue catalogue) {
    catalogue
        .expect("meta", searching("SEARCH doc_meta USING PRIMARY KEY (doc_id=?)"))
        .expect("claimMeta", searching("SEARCH doc_meta USING PRIMARY KEY (doc_id=?)"))
        .expect("highestSeq", searching("SEARCH doc_records USING PRIMARY KEY (doc_id=?)"))
        .expect("records", searching("SEARCH doc_records USING PRIMARY KEY (doc_id=?)"))
        .expect("insertRecord", nothing())
        .expect("lock", searching("SEARCH doc_meta USING PRIMARY KEY (doc_id=?)"))
        .expect(
            "insertEntry",
            searching(
                "SEARCH doc_meta USING PRIMARY KEY (doc_id=?)",
                "SEARCH doc_records USING PRIMARY KEY (doc_id=?)",
                "SEARCH doc_records USING PRIMARY KEY (doc_id=?)"))
        .expect("insertMeta", nothing())
        .expect("updateMeta", searching("SEARCH doc_meta USING PRIMARY KEY (doc_id=?)"))
        .expect("deleteRecords", searching("SEARCH doc_records USING PRIMARY KEY (doc_id=?)"))
        .expect("deleteMeta", searching("SEARCH doc_meta USING PRIMARY KEY (doc_id=?)"))
        .expect("idsFrom", searching("SEARCH doc_meta USING PRIMARY KEY (doc_id>?)"))
        .expect("idsBehind", searching("SEARCH doc_meta USING PRIMARY KEY (doc_id>?)"))
        .expect(
            "idsFromBelow", searching("SEARCH doc_meta USING PRIMARY KEY (doc_id>? AND doc_id<?)"))
        .expect(
            "idsBehindBelow",
            searching("SEARCH doc_meta USING PRIMARY KEY (doc_id>? AND doc_id<?)"));
  }

  @Override
  protected void expectOnPostgres(SqlCatalogue catalogue) {
    catalogue.runBy("DocumentStore.append", "lock", "settings", "lockAll", "insert");
    String meta = "Index Scan using doc_meta_pkey on doc_meta: (doc_id = ?)";
    String ids = "Index Only Scan using doc_meta_pkey on doc_meta: ";
    String records = "doc_records_pkey on doc_records: (doc_id = ?)";
    catalogue
        .expect("meta", searching(meta))
        .expect("claimMeta", searching(meta))
        .expect("highestSeq", searching("Index Only Scan Backward using " + records))
        .expect("records", searching("Index Scan using " + records))
        .expect("insertRecord", nothing())
        .expect("lock", searching(meta))
        .expect(
            "insertEntry",
            searching(
                meta,
                "Index Only Scan Backward using doc_records_pkey on doc_records doc_records_1: (doc_id = doc_meta.doc_id)",
                "Index Only Scan Backward using doc_records_pkey on doc_records doc_records_2: (doc_id = doc_meta.doc_id)"))
        .expect("settings", nothing())
        .expect(
            "lockAll",
            searching("Index Scan using doc_meta_pkey on doc_meta: (doc_id = (n.doc_id)::text)")
                .allowing("HashAggregate", "the documents of these appends")
                .allowing("Sort", "the documents of these appends"))
        .expect(
            "insert",
            searching(
                    "Index Scan using doc_meta_pkey on doc_meta: (doc_id = (n_1.doc_id)::text)",
                    "Index Only Scan Backward using doc_records_pkey on doc_records doc_records_1: (doc_id = f.doc_id)",
                    "Index Only Scan Backward using doc_records_pkey on doc_records doc_records_2: (doc_id = f.doc_id)")
                .allowing("HashAggregate", "the documents of these appends")
                .allowing("Incremental Sort", "these appends")
                .allowing("Sort", "these appends")
                .allowing("WindowAgg", "these appends"))
        .expect("insertMeta", nothing())
        .expect("updateMeta", searching(meta))
        .expect("deleteRecords", searching("Bitmap Index Scan on doc_records_pkey: (doc_id = ?)"))
        .expect("deleteMeta", searching(meta))
        .expect("idsFrom", searching(ids + "(doc_id >= ?)"))
        .expect("idsBehind", searching(ids + "(doc_id > ?)"))
        .expect("idsFromBelow", searching(ids + "((doc_id >= ?) AND (doc_id < ?))"))
        .expect("idsBehindBelow", searching(ids + "((doc_id > ?) AND (doc_id < ?))"));
  }
}
