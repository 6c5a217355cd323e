package dev.daybook.internal.transactions;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.SteadySql;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.internal.statements.Script;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import org.jooq.Table;

/** The statements around those of a transaction, rendered once for a database. */
public final class TransactionSql {

  private static final String SAVEPOINT = "daybook_";

  private final DSLContext dsl;
  private final Script begin;
  private final Script beginRead;
  private final Script commit;
  private final Script rollback;
  private final Lazy<Optional<Script>> claimWrite;
  private final Map<Integer, Script> savepoints = new ConcurrentHashMap<>();
  private final Map<Integer, Script> releases = new ConcurrentHashMap<>();
  private final Map<Integer, Script> rollbacks = new ConcurrentHashMap<>();

  public TransactionSql(DSLContext dsl, Dialect dialect, Table<?> anyTable) {
    this.dsl = dsl;
    this.begin = Script.of(dsl, () -> dialect.begin(dsl));
    this.beginRead = Script.of(dsl, () -> dialect.beginRead(dsl));
    Script plainCommit = Script.of(dsl, () -> SteadySql.commit(dsl));
    this.commit =
        dialect
            .beforeCommit(dsl)
            .map(query -> Script.asOneText(Script.of(dsl, () -> query), plainCommit))
            .orElse(plainCommit);
    this.rollback = Script.of(dsl, () -> dsl.rollback());
    this.claimWrite =
        new Lazy<>(
            () -> dialect.claimWrite(dsl, anyTable).map(query -> Script.of(dsl, () -> query)));
  }

  public Script begin() {
    return begin;
  }

  public Script beginRead() {
    return beginRead;
  }

  /** Fails if a statement of the transaction has failed, and the database has given it up. */
  public Script commit() {
    return commit;
  }

  public Script rollback() {
    return rollback;
  }

  Optional<Script> claimWrite() {
    return claimWrite.get();
  }

  Script savepoint(int level) {
    return savepoints.computeIfAbsent(
        level, n -> Script.of(dsl, () -> SteadySql.savepoint(dsl, SAVEPOINT + n)));
  }

  Script release(int level) {
    return releases.computeIfAbsent(
        level, n -> Script.of(dsl, () -> SteadySql.releaseSavepoint(dsl, SAVEPOINT + n)));
  }

  Script rollbackTo(int level) {
    return rollbacks.computeIfAbsent(
        level, n -> Script.of(dsl, () -> SteadySql.rollbackTo(dsl, SAVEPOINT + n)));
  }
}
