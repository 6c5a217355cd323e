package dev.daybook.document.internal;

import dev.daybook.document.DocumentException;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.internal.statements.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes the appends to all documents of one Daybook. */
final class DocumentAppendWriter implements RequestWriter<DocumentAppend> {

  private final Lazy<DocumentStatements> statements;
  private final Lazy<Optional<ManyEntries>> many;

  DocumentAppendWriter(Database database, Lazy<DocumentStatements> statements) {
    this.statements = statements;
    this.many =
        new Lazy<>(
            database::renderer,
            renderer ->
                Dialect.of(renderer)
                    .manyRows()
                    .map(manyRows -> new ManyEntries(renderer, manyRows)));
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

  @Override
  public List<DocumentAppend> writeManyAtOnce(Session session, List<DocumentAppend> appends) {
    String[] docIds = appends.stream().map(DocumentAppend::docId).toArray(String[]::new);
    List<EncodedRecord> entries = appends.stream().map(append -> append.records().get(0)).toList();
    try (Execution append = session.prepare(many.get().orElseThrow().append)) {
      Set<String> found =
          Set.copyOf(
              append
                  .set(ManyEntries.DOC_IDS, docIds)
                  .set(ManyEntries.ENTRY_DOC_IDS, docIds)
                  .set(
                      ManyEntries.PAYLOADS,
                      entries.stream().map(EncodedRecord::payload).toArray(String[]::new))
                  .set(
                      ManyEntries.BLOBS,
                      entries.stream().map(EncodedRecord::blob).toArray(byte[][]::new))
                  .set(
                      ManyEntries.CHECKSUMS,
                      entries.stream().map(EncodedRecord::checksum).toArray(Long[]::new))
                  .list(row -> row.text(1)));
      return appends.stream().filter(each -> found.contains(each.docId())).toList();
    }
  }
}
