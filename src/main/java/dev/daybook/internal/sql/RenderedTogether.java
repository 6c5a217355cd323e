package dev.daybook.internal.sql;

import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;

/**
 * Statements that are run one after the other, by {@link Session#prepare(RenderedTogether)}, as a
 * part of the transaction that was begun. Where the database takes several as one text, they go to
 * it as one; and if no transaction was begun, they are one, which is sent along with them.
 */
public final class RenderedTogether {

  private final List<Rendered> statements;
  private final Rendered joined;
  private final Rendered committed;

  private RenderedTogether(List<Rendered> statements, Rendered commit) {
    this.statements = statements;
    this.joined = Rendered.joined(statements);
    List<Rendered> all = new ArrayList<>(statements);
    all.add(commit);
    this.committed = Rendered.joined(all);
  }

  /** Each has a text of its own, because on a connection one text is one prepared statement. */
  public static RenderedTogether of(DSLContext dsl, Rendered... statements) {
    return new RenderedTogether(List.of(statements), Rendered.of(dsl, () -> dsl.commit()));
  }

  List<Rendered> statements() {
    return statements;
  }

  /** All of them as one text. */
  Rendered joined() {
    return joined;
  }

  /** The same, and a commit behind them. */
  Rendered committed() {
    return committed;
  }

  @Override
  public String toString() {
    return joined.toString();
  }
}
