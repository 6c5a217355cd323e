package dev.daybook.internal.transactions;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.SteadySql;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.internal.statements.Rendered;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Lazy<Optional<Rendered>> claimWrite;
  private final Map<Integer, Rendered> savepoints = new ConcurrentHashMap<>();
  private final Map<Integer, Rendered> releases = new ConcurrentHashMap<>();
  private final Map<Integer, Rendered> rollbacks = new ConcurrentHashMap<>();

  public TransactionSql(DSLContext dsl, Dialect dialect, Table<?> anyTable) {
    this.dsl = dsl;
    this.begin = Rendered.of(dsl, () -> dialect.begin(dsl));
    this.beginRead = Rendered.of(dsl, () -> dialect.beginRead(dsl));
    Rendered plainCommit = Rendered.of(dsl, () -> SteadySql.commit(dsl));
    this.commit =
        dialect
            .beforeCommit(dsl)
            .map(query -> Rendered.joined(List.of(Rendered.of(dsl, () -> query), plainCommit)))
            .orElse(plainCommit);
    this.rollback = Rendered.of(dsl, () -> dsl.rollback());
    this.claimWrite =
        new Lazy<>(
            () -> dialect.claimWrite(dsl, anyTable).map(query -> Rendered.of(dsl, () -> query)));
  }

  public Rendered begin() {
    return begin;
  }

  public Rendered beginRead() {
    return beginRead;
  }

  /** Fails if a statement of the transaction has failed, and the database has given it up. */
  public Rendered commit() {
    return commit;
  }

  public Rendered rollback() {
    return rollback;
  }

  Optional<Rendered> claimWrite() {
    return claimWrite.get();
  }

  Rendered savepoint(int level) {
    return savepoints.computeIfAbsent(
        level, n -> Rendered.of(dsl, () -> SteadySql.savepoint(dsl, SAVEPOINT + n)));
  }

  Rendered release(int level) {
    return releases.computeIfAbsent(
        level, n -> Rendered.of(dsl, () -> SteadySql.releaseSavepoint(dsl, SAVEPOINT + n)));
  }

  Rendered rollbackTo(int level) {
    return rollbacks.computeIfAbsent(
        level, n -> Rendered.of(dsl, () -> SteadySql.rollbackTo(dsl, SAVEPOINT + n)));
  }
}
