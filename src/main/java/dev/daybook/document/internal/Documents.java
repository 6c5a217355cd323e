package dev.daybook.document.internal;

import dev.daybook.document.DocumentStore;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.statements.Lazy;

/** Makes the document store of one Daybook. */
public final class Documents {

  private Documents() {}

  public static DocumentStore of(Database database) {
    Lazy<DocumentStatements> statements =
        new Lazy<>(
            database::renderer,
            renderer -> new DocumentStatements(renderer, database.verifiesReads()));
    return new JooqDocumentStore(
        database, statements, new DocumentAppendWriter(database, statements), database.callers());
  }
}
