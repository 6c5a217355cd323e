package dev.daybook.document.internal;

import dev.daybook.document.DocumentException;
import dev.daybook.document.DocumentStore;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.sql.RenderedOnce;
import dev.daybook.internal.sql.Session;
import java.util.List;

/** Makes the document store of one Daybook. */
public final class Documents {

  private Documents() {}

  public static DocumentStore of(Database database) {
    RenderedOnce<DocumentStatements> statements =
        new RenderedOnce<>(database::renderer, DocumentStatements::new);
    return new JooqDocumentStore(
        database,
        statements,
        (session, appends) -> append(session, statements.get(), appends),
        database);
  }

  private static void append(
      Session session, DocumentStatements sql, List<DocumentAppend> appends) {
    DocumentWriter writer = new DocumentWriter(session, sql);
    for (DocumentAppend append : appends) {
      writer.claim(append.docId());
      try {
        writer.append(append.docId(), append.records());
      } catch (DocumentException e) {
        append.outcome().fail(e);
      }
    }
    writer.write();
  }
}
