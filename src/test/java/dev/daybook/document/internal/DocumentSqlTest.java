package dev.daybook.document.internal;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.Daybook;
import dev.daybook.TableNames;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.DocumentStore;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.schema.Schema;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import dev.daybook.sqlcatalogue.SqliteExplainer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document store's part of the SQL catalogue, on a store with thousands of rows. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentSqlTest {

  @Test
  void every_statement_is_in_the_catalogue_with_its_plan(@TempDir Path directory)
      throws SQLException {
    Path file = directory.resolve("stores.db");
    try (Daybook daybook = Daybook.open(file)) {
      daybook.transaction(tx -> seed(daybook.with(tx).documents()));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      DSLContext dsl = new Schema(TableNames.defaults()).renderer(Dialect.of(connection));
      new SqlCatalogue(
              "What the document store runs on SQLite, and how SQLite runs it.", "document")
          .addFieldsOf(new DocumentStatements(dsl))
          .expect("meta", searching("SEARCH doc_meta USING PRIMARY KEY (doc_id=?)"))
          .expect("claimMeta", searching("SEARCH doc_meta USING PRIMARY KEY (doc_id=?)"))
          .expect("highestSeq", searching("SEARCH doc_records USING PRIMARY KEY (doc_id=?)"))
          .expect("records", searching("SEARCH doc_records USING PRIMARY KEY (doc_id=?)"))
          .expect("insertRecord", nothing())
          .expect("setMeta", nothing())
          .expect("deleteRecords", searching("SEARCH doc_records USING PRIMARY KEY (doc_id=?)"))
          .expect("deleteMeta", searching("SEARCH doc_meta USING PRIMARY KEY (doc_id=?)"))
          .expect("idsFrom", searching("SEARCH doc_meta USING PRIMARY KEY (doc_id>?)"))
          .expect("idsBehind", searching("SEARCH doc_meta USING PRIMARY KEY (doc_id>?)"))
          .expect(
              "idsFromBelow",
              searching("SEARCH doc_meta USING PRIMARY KEY (doc_id>? AND doc_id<?)"))
          .expect(
              "idsBehindBelow",
              searching("SEARCH doc_meta USING PRIMARY KEY (doc_id>? AND doc_id<?)"))
          .check(new SqliteExplainer(connection));
    }
  }

  /** A thousand documents of ten records. */
  private static void seed(DocumentStore documents) {
    Meta meta = new Meta(new ReplicaType("text", 1, 0), new SyncMode("a", "b", "c"), "hash");
    List<DocumentRecord> records = new ArrayList<>(List.of(meta));
    IntStream.range(1, 10).forEach(n -> records.add(Entry.since(EntryData.json("" + n), "v" + n)));
    IntStream.range(0, 1_000).forEach(n -> documents.append("doc-" + n, records));
  }
}
