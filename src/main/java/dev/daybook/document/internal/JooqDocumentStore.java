package dev.daybook.document.internal;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.Limits;
import dev.daybook.document.DocumentException;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.DocumentStore;
import dev.daybook.document.Meta;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Rendered;
import dev.daybook.internal.sql.RenderedOnce;
import dev.daybook.internal.sql.Session;
import dev.daybook.internal.sql.Sessions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Configuration;

/** The document store over statements built by jOOQ. */
final class JooqDocumentStore implements DocumentStore {

  private final Database database;
  private final RenderedOnce<DocumentStatements> statements;
  private final Sessions sessions;

  JooqDocumentStore(
      Database database, RenderedOnce<DocumentStatements> statements, Sessions sessions) {
    this.database = database;
    this.statements = statements;
    this.sessions = sessions;
  }

  @Override
  public void append(String docId, DocumentRecord record) {
    append(docId, List.of(record));
  }

  @Override
  public void append(String docId, List<? extends DocumentRecord> records) {
    requireDocId(docId);
    List<DocumentRecord> all = List.copyOf(records);
    if (all.isEmpty()) {
      return;
    }
    write(
        session -> {
          Optional<Meta> before = claimMeta(session, docId);
          if (before.isEmpty() && !(all.get(0) instanceof Meta)) {
            throw new DocumentException(
                docId, "it has no meta yet; the first record must be one, and this is an entry");
          }
          insert(session, docId, all, before);
        });
  }

  @Override
  @MustBeClosed
  public Stream<DocumentRecord> loadAll(String docId) {
    requireDocId(docId);
    return sessions.stream(
        statements.get().records,
        false,
        prepared -> prepared.set(DocumentStatements.DOC_ID, docId),
        DocumentRows::read);
  }

  @Override
  public void replace(String docId, List<? extends DocumentRecord> records) {
    requireDocId(docId);
    List<DocumentRecord> all = List.copyOf(records);
    if (all.stream().noneMatch(Meta.class::isInstance)) {
      throw new DocumentException(
          docId, "a replacement needs a meta among its records, and there is none");
    }
    write(
        session -> {
          Optional<Meta> before = claimMeta(session, docId);
          long highest = highestSeq(session, docId);
          run(session, statements.get().deleteRecords, docId);
          insert(session, docId, all, before, highest);
        });
  }

  @Override
  public boolean delete(String docId) {
    requireDocId(docId);
    return sessions.write(
        session -> {
          claimMeta(session, docId);
          run(session, statements.get().deleteRecords, docId);
          return run(session, statements.get().deleteMeta, docId) > 0;
        });
  }

  @Override
  public Optional<Meta> currentMeta(String docId) {
    requireDocId(docId);
    return sessions.read(session -> meta(session, statements.get().meta, docId));
  }

  @Override
  @MustBeClosed
  public Stream<String> listDocIds(String prefix) {
    return statements.get().ids.stream(sessions, prefix);
  }

  @Override
  public List<String> listDocIds(String prefix, String after, int limit) {
    return statements.get().ids.page(sessions, prefix, after, limit);
  }

  @Override
  public DocumentStore with(Configuration transaction) {
    Objects.requireNonNull(transaction, "transaction");
    return new JooqDocumentStore(database, statements, database.join(transaction));
  }

  private interface Work {
    void run(Session session);
  }

  private void write(Work work) {
    sessions.write(
        session -> {
          work.run(session);
          return true;
        });
  }

  private void insert(
      Session session, String docId, List<DocumentRecord> records, Optional<Meta> before) {
    insert(session, docId, records, before, highestSeq(session, docId));
  }

  /** Writes records behind a sequence number, and the last meta among them. */
  private void insert(
      Session session,
      String docId,
      List<DocumentRecord> records,
      Optional<Meta> before,
      long behind) {
    Optional<Meta> after = lastMeta(docId, records, before);
    try (Prepared insert = session.prepare(statements.get().insertRecord)) {
      long seq = behind;
      for (DocumentRecord record : records) {
        seq++;
        insert
            .set(DocumentStatements.DOC_ID, docId)
            .set(DocumentStatements.SEQ, seq)
            .set(DocumentStatements.KIND, DocumentRows.kind(record))
            .set(DocumentStatements.PAYLOAD, DocumentRows.payload(record))
            .set(DocumentStatements.BLOB, DocumentRows.blob(record))
            .addToBatch();
      }
      insert.updateBatch();
    }
    if (!after.equals(before)) {
      after.ifPresent(meta -> setMeta(session, docId, meta));
    }
  }

  private static Optional<Meta> lastMeta(
      String docId, List<DocumentRecord> records, Optional<Meta> before) {
    Optional<Meta> current = before;
    for (DocumentRecord record : records) {
      if (record instanceof Meta next) {
        current.ifPresent(meta -> requireCompatible(docId, meta, next));
        current = Optional.of(next);
      }
    }
    return current;
  }

  private static void requireCompatible(String docId, Meta meta, Meta next) {
    if (!meta.isCompatibleWith(next)) {
      throw new DocumentException(
          docId,
          "its replica type is %s and its sync mode %s, and neither name, major version nor mode can change; the new meta has %s and %s"
              .formatted(meta.replicaType(), meta.syncMode(), next.replicaType(), next.syncMode()));
    }
  }

  private void setMeta(Session session, String docId, Meta meta) {
    try (Prepared prepared = session.prepare(statements.get().setMeta)) {
      prepared
          .set(DocumentStatements.DOC_ID, docId)
          .set(DocumentStatements.META, DocumentRows.payload(meta))
          .update();
    }
  }

  /**
   * The current meta; nobody else writes the document until the transaction ends. Of two who make
   * the same document at the same time, the second fails on its records, and is tried again.
   */
  private Optional<Meta> claimMeta(Session session, String docId) {
    return meta(session, statements.get().claimMeta, docId);
  }

  private static Optional<Meta> meta(Session session, Rendered query, String docId) {
    try (Prepared prepared = session.prepare(query)) {
      return prepared
          .set(DocumentStatements.DOC_ID, docId)
          .first(row -> DocumentRows.meta(row.text(1)));
    }
  }

  private long highestSeq(Session session, String docId) {
    try (Prepared prepared = session.prepare(statements.get().highestSeq)) {
      return prepared.set(DocumentStatements.DOC_ID, docId).first(row -> row.number(1)).orElse(0L);
    }
  }

  private static int run(Session session, Rendered statement, String docId) {
    try (Prepared prepared = session.prepare(statement)) {
      return prepared.set(DocumentStatements.DOC_ID, docId).update();
    }
  }

  private static void requireDocId(String docId) {
    Limits.requireName("document id", docId);
  }
}
