package dev.daybook.internal.statements;

import dev.daybook.internal.dialect.SteadySql;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;

/**
 * One statement of the typed DSL, or several that are run one after the other, and whose result is
 * that of the last. They are rendered at the first use, and once. A {@link Param} without a value
 * is set at each {@link Execution}; one with a value brings it along. Safe for several threads.
 *
 * <p>Several statements are a part of the transaction that was begun. Where the database takes
 * several as one text, they go to it as one; and if no transaction was begun, they are one, which
 * is sent along with them.
 */
public final class Script {

  private final List<Script> statements;
  private final Lazy<SqlText> text;
  private final @Nullable Lazy<SqlText> committed;

  private Script(
      List<Script> statements, Supplier<SqlText> text, @Nullable Supplier<SqlText> committed) {
    this.statements = statements;
    this.text = new Lazy<>(text);
    this.committed = committed == null ? null : new Lazy<>(committed);
  }

  /** One statement. */
  public static Script of(DSLContext dsl, Supplier<? extends Query> query) {
    return new Script(List.of(), () -> SqlText.of(dsl, query.get()), null);
  }

  /**
   * Statements in the order in which they are run, each its own script. On a connection one text is
   * one prepared statement, so no two of them may have the same.
   */
  public static Script inOrder(DSLContext dsl, Script... statements) {
    List<Script> all = List.of(statements);
    Script commit = of(dsl, () -> SteadySql.commit(dsl));
    return new Script(
        all,
        () -> joined(all.stream()),
        () -> joined(Stream.concat(all.stream(), Stream.of(commit))));
  }

  /** Several statements that are always sent as one text, as if they were one statement. */
  public static Script asOneText(Script... statements) {
    return new Script(List.of(), () -> joined(Stream.of(statements)), null);
  }

  private static SqlText joined(Stream<Script> statements) {
    return SqlText.joined(statements.map(each -> each.text.get()).toList());
  }

  public String sql() {
    return text.get().sql();
  }

  @Override
  public String toString() {
    return sql();
  }

  /** Whether it is made of several scripts. */
  public boolean isSeveral() {
    return !statements.isEmpty();
  }

  /** The statements, if they are several. */
  List<Script> statements() {
    return statements;
  }

  /**
   * What is sent, one after the other.
   *
   * @param atOnce whether the connection takes several statements as one text
   * @param commits whether they are a transaction by themselves
   */
  List<SqlText> texts(boolean atOnce, boolean commits) {
    if (statements.isEmpty()) {
      return List.of(text.get());
    }
    if (!atOnce) {
      return statements.stream().map(each -> each.text.get()).toList();
    }
    return List.of(commits && committed != null ? committed.get() : text.get());
  }
}
