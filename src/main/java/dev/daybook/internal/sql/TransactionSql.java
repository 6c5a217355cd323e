package dev.daybook.internal.sql;

import dev.daybook.internal.dialect.Dialect;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Table;

/** The statements around those of a transaction, rendered once for a database. */
public final class TransactionSql {

  private static final String SAVEPOINT = "daybook_";

  private final DSLContext dsl;
  private final Rendered begin;
  private final Rendered beginRead;
  private final Rendered commit;
  private final Rendered rollback;
  private final Optional<Rendered> claimWrite;

  public TransactionSql(DSLContext dsl, Dialect dialect, Table<?> anyTable) {
    this.dsl = dsl;
    this.begin = Rendered.of(dsl, () -> dialect.begin(dsl));
    this.beginRead = Rendered.of(dsl, () -> dialect.beginRead(dsl));
    this.commit = Rendered.of(dsl, () -> dsl.commit());
    this.rollback = Rendered.of(dsl, () -> dsl.rollback());
    this.claimWrite = dialect.claimWrite(dsl, anyTable).map(query -> Rendered.of(dsl, () -> query));
  }

  public Rendered begin() {
    return begin;
  }

  public Rendered beginRead() {
    return beginRead;
  }

  public Rendered commit() {
    return commit;
  }

  public Rendered rollback() {
    return rollback;
  }

  Optional<Rendered> claimWrite() {
    return claimWrite;
  }

  Rendered savepoint(int level) {
    return Rendered.of(dsl, () -> dsl.savepoint(SAVEPOINT + level));
  }

  Rendered release(int level) {
    return Rendered.of(dsl, () -> dsl.releaseSavepoint(SAVEPOINT + level));
  }

  Rendered rollbackTo(int level) {
    return Rendered.of(dsl, () -> dsl.rollback().toSavepoint(SAVEPOINT + level));
  }
}
