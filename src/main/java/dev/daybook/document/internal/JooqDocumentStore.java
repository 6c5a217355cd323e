package dev.daybook.document.internal;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.document.DocumentException;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.DocumentStore;
import dev.daybook.document.Meta;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.input.InputRules;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.SqlAccess;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Configuration;

/** The document store over statements built by jOOQ. */
final class JooqDocumentStore implements DocumentStore {

  private final Database database;
  private final Lazy<DocumentStatements> statements;
  private final RequestWriter<DocumentAppend> appending;
  private final SqlAccess access;

  /**
   * @param appending the same for all stores of one Daybook
   */
  JooqDocumentStore(
      Database database,
      Lazy<DocumentStatements> statements,
      RequestWriter<DocumentAppend> appending,
      SqlAccess access) {
    this.database = database;
    this.statements = statements;
    this.appending = appending;
    this.access = access;
  }

  @Override
  public void append(String docId, DocumentRecord record) {
    append(docId, List.of(record));
  }

  @Override
  public void append(String docId, List<? extends DocumentRecord> records) {
    requireDocId(docId);
    List<EncodedRecord> encoded = EncodedRecord.all(docId, records);
    if (!encoded.isEmpty()) {
      access.write(appending, new DocumentAppend(docId, encoded));
    }
  }

  @Override
  @MustBeClosed
  public Stream<DocumentRecord> loadAll(String docId) {
    requireDocId(docId);
    return access.stream(
        RowQuery.of(
            statements.get().records,
            parameters -> parameters.set(DocumentStatements.DOC_ID, docId),
            database.verifiesReads()
                ? row -> DocumentRows.readVerified(docId, row)
                : row -> DocumentRows.read(docId, row)));
  }

  @Override
  public void replace(String docId, List<? extends DocumentRecord> records) {
    requireDocId(docId);
    List<DocumentRecord> all = List.copyOf(records);
    if (all.isEmpty() || !(all.get(0) instanceof Meta)) {
      throw new DocumentException(
          docId,
          "a replacement needs a meta as its first record, and "
              + (all.isEmpty() ? "has no records" : "begins with an entry"));
    }
    List<EncodedRecord> encoded = EncodedRecord.all(docId, all);
    access.write(
        session -> {
          DocumentWriter writer = new DocumentWriter(session, statements.get());
          writer.claim(docId);
          writer.replace(docId, encoded);
          writer.write();
          return encoded.size();
        });
  }

  @Override
  public boolean delete(String docId) {
    requireDocId(docId);
    return access.write(
        session -> {
          if (!lock(session, docId)) {
            return false;
          }
          run(session, statements.get().deleteRecords, docId);
          return run(session, statements.get().deleteMeta, docId) > 0;
        });
  }

  @Override
  public Optional<Meta> currentMeta(String docId) {
    requireDocId(docId);
    return access.read(session -> meta(session, statements.get().meta, docId));
  }

  @Override
  @MustBeClosed
  public Stream<String> listDocIds(String prefix) {
    return statements.get().ids.stream(access, prefix);
  }

  @Override
  public List<String> listDocIds(String prefix, String after, int limit) {
    return statements.get().ids.page(access, prefix, after, limit);
  }

  @Override
  public DocumentStore within(Configuration transaction) {
    Objects.requireNonNull(transaction, "transaction");
    return new JooqDocumentStore(database, statements, appending, database.join(transaction));
  }

  private static Optional<Meta> meta(Session session, Script query, String docId) {
    try (Execution prepared = session.prepare(query)) {
      return prepared
          .set(DocumentStatements.DOC_ID, docId)
          .first(row -> DocumentRows.meta(docId, row.text(1)));
    }
  }

  private boolean lock(Session session, String docId) {
    try (Execution prepared = session.prepare(statements.get().lock)) {
      return prepared.set(DocumentStatements.DOC_ID, docId).first(row -> docId).isPresent();
    }
  }

  private static int run(Session session, Script statement, String docId) {
    try (Execution prepared = session.prepare(statement)) {
      return prepared.set(DocumentStatements.DOC_ID, docId).update();
    }
  }

  private static void requireDocId(String docId) {
    InputRules.requireName("document id", docId);
  }
}
