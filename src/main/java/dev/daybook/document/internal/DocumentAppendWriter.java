package dev.daybook.document.internal;

import dev.daybook.document.DocumentException;
import dev.daybook.internal.sql.Lazy;
import dev.daybook.internal.sql.RequestWriter;
import dev.daybook.internal.sql.Session;
import java.util.List;

/** Writes the appends to all documents of one Daybook. */
final class DocumentAppendWriter implements RequestWriter<DocumentAppend> {

  private final Lazy<DocumentStatements> statements;

  DocumentAppendWriter(Lazy<DocumentStatements> statements) {
    this.statements = statements;
  }

  @Override
  public void write(Session session, List<DocumentAppend> appends) {
    DocumentWriter writer = new DocumentWriter(session, statements.get());
    for (DocumentAppend append : appends) {
      try {
        writer.append(append.docId(), append.records());
      } catch (DocumentException e) {
        append.outcome().fail(e);
      }
    }
    writer.write();
  }

  @Override
  public boolean fitsOneStatement(DocumentAppend append) {
    return DocumentWriter.isEntry(append.records());
  }

  @Override
  public boolean writeAtOnce(Session session, DocumentAppend append) {
    return DocumentWriter.appendEntry(
        session, statements.get(), append.docId(), append.records().get(0));
  }
}
