package dev.daybook.document.internal;

import dev.daybook.document.DocumentException;
import dev.daybook.document.Entry;
import dev.daybook.document.Meta;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One transaction's new records, of one document or of several. A refused record is refused before
 * anything of its request is written: a single entry is written when it is added, if its document
 * exists; all else is checked when it is added, and written in the end.
 */
final class DocumentWriter {

  /** A document as it is for the next record. Most records don't need its meta to be parsed. */
  private static final class Document {
    private final String docId;
    private final Optional<String> stored;
    private Optional<Meta> meta = Optional.empty();
    private boolean hasNewMeta;
    private long lastSeq;

    Document(String docId, Optional<String> stored, long lastSeq) {
      this.docId = docId;
      this.stored = stored;
      this.lastSeq = lastSeq;
    }

    boolean isMade() {
      return hasNewMeta || stored.isPresent();
    }

    Optional<Meta> meta() {
      return hasNewMeta ? meta : stored.map(payload -> DocumentRows.meta(docId, payload));
    }
  }

  private record NewRecord(String docId, long seq, EncodedRecord encoded) {}

  private final Session session;
  private final DocumentStatements sql;
  private final Map<String, Document> documents = new LinkedHashMap<>();
  private final List<NewRecord> unwritten = new ArrayList<>();

  DocumentWriter(Session session, DocumentStatements sql) {
    this.session = session;
    this.sql = sql;
  }

  /**
   * Reads the document's row and locks it until the transaction ends. If two transactions make the
   * same document at the same time, the second one fails when it {@linkplain #write writes} the
   * meta, and is retried.
   */
  void claim(String docId) {
    if (!documents.containsKey(docId)) {
      documents.put(docId, new Document(docId, storedMeta(docId), lastSeq(docId)));
    }
  }

  /**
   * Adds records to a document, after those that it has.
   *
   * @throws DocumentException if the document must not have them
   */
  void append(String docId, List<EncodedRecord> records) {
    if (isEntry(records)
        && !documents.containsKey(docId)
        && appendEntry(session, sql, docId, records.get(0))) {
      return;
    }
    claim(docId);
    Document document = claimed(docId);
    if (!document.isMade() && !(records.get(0).record() instanceof Meta)) {
      throw new DocumentException(
          docId, "it has no meta yet; the first record must be a meta, and this is an entry");
    }
    add(docId, document, records);
  }

  /** Whether records are but one entry, for which it is enough to know that there is a document. */
  static boolean isEntry(List<EncodedRecord> records) {
    return records.size() == 1 && records.get(0).record() instanceof Entry;
  }

  /**
   * Writes an entry at once, after the records that its document has.
   *
   * @return whether the document exists, and so the entry was written
   */
  static boolean appendEntry(
      Session session, DocumentStatements sql, String docId, EncodedRecord entry) {
    try (Execution append = session.prepare(sql.appendEntry)) {
      return append
              .set(DocumentStatements.DOC_ID, docId)
              .set(DocumentStatements.PAYLOAD, entry.payload())
              .set(DocumentStatements.BLOB, entry.blob())
              .set(DocumentStatements.CHECKSUM, entry.checksum())
              .update()
          > 0;
    }
  }

  /** Deletes the records of a document that was claimed, and adds others in their place. */
  void replace(String docId, List<EncodedRecord> records) {
    add(docId, claimed(docId), records);
    try (Execution prepared = session.prepare(sql.deleteRecords)) {
      prepared.set(DocumentStatements.DOC_ID, docId).update();
    }
  }

  /**
   * Writes the last meta of each document, and then what was added: a writer locks the document's
   * row before its records, and so no two writers wait for each other.
   */
  void write() {
    if (unwritten.isEmpty()) {
      return;
    }
    documents.forEach(this::writeMeta);
    try (Execution insert = session.prepare(sql.insertRecord)) {
      for (NewRecord next : unwritten) {
        insert
            .nextRow()
            .set(DocumentStatements.DOC_ID, next.docId())
            .set(DocumentStatements.SEQ, next.seq())
            .set(DocumentStatements.KIND, DocumentRows.kind(next.encoded().record()))
            .set(DocumentStatements.PAYLOAD, next.encoded().payload())
            .set(DocumentStatements.BLOB, next.encoded().blob())
            .set(DocumentStatements.CHECKSUM, next.encoded().checksum() - next.seq());
      }
      insert.updateRows();
    }
  }

  private Document claimed(String docId) {
    Document document = documents.get(docId);
    if (document == null) {
      throw new IllegalStateException("document \"" + docId + "\" was not claimed");
    }
    return document;
  }

  private void add(String docId, Document document, List<EncodedRecord> records) {
    Optional<Meta> next = lastMeta(docId, records, document);
    if (next.isPresent() && !next.equals(document.meta())) {
      document.meta = next;
      document.hasNewMeta = true;
    }
    for (EncodedRecord record : records) {
      document.lastSeq++;
      unwritten.add(new NewRecord(docId, document.lastSeq, record));
    }
  }

  /** The last meta among records, each of which must be compatible with the one before it. */
  private static Optional<Meta> lastMeta(
      String docId, List<EncodedRecord> records, Document document) {
    Optional<Meta> last = Optional.empty();
    for (EncodedRecord encoded : records) {
      if (encoded.record() instanceof Meta next) {
        last.or(document::meta).ifPresent(meta -> requireCompatible(docId, meta, next));
        last = Optional.of(next);
      }
    }
    return last;
  }

  private static void requireCompatible(String docId, Meta meta, Meta next) {
    if (!meta.isCompatibleWith(next)) {
      throw new DocumentException(
          docId,
          "neither its replica type's name and major version nor its sync mode can change: %s"
              .formatted(MetaDifference.of(meta, next)));
    }
  }

  private void writeMeta(String docId, Document document) {
    if (document.hasNewMeta) {
      document.meta.ifPresent(
          meta ->
              writeMeta(
                  document.stored.isPresent() ? sql.updateMeta : sql.insertMeta, docId, meta));
    }
  }

  private void writeMeta(Script statement, String docId, Meta meta) {
    String data = DocumentRows.payload(meta);
    try (Execution prepared = session.prepare(statement)) {
      prepared
          .set(DocumentStatements.DOC_ID, docId)
          .set(DocumentStatements.META, data)
          .set(DocumentStatements.META_CHECKSUM, DocumentRows.checksum(docId, data))
          .update();
    }
  }

  private Optional<String> storedMeta(String docId) {
    try (Execution prepared = session.prepare(sql.claimMeta)) {
      return prepared.set(DocumentStatements.DOC_ID, docId).first(row -> row.text(1));
    }
  }

  private long lastSeq(String docId) {
    try (Execution prepared = session.prepare(sql.highestSeq)) {
      return prepared
          .set(DocumentStatements.DOC_ID, docId)
          .first(row -> row.numberOrZero(1))
          .orElse(0L);
    }
  }
}
