package dev.daybook.document.internal;

import dev.daybook.document.DocumentStore;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.sql.RenderedOnce;

/** Makes the document store of one Daybook. */
public final class Documents {

  private Documents() {}

  public static DocumentStore of(Database database) {
    return new JooqDocumentStore(
        database, new RenderedOnce<>(database::renderer, DocumentStatements::new), database);
  }
}
