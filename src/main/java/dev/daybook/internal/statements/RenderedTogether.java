package dev.daybook.internal.statements;

import dev.daybook.internal.dialect.SteadySql;
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

  private RenderedTogether(List<Rendered> statements, Rendered joined, Rendered committed) {
    this.statements = statements;
    this.joined = joined;
    this.committed = committed;
  }

  /** Each has a text of its own, because on a connection one text is one prepared statement. */
  public static RenderedTogether of(DSLContext dsl, Rendered... statements) {
    List<Rendered> all = new ArrayList<>(List.of(statements));
    all.add(Rendered.of(dsl, () -> SteadySql.commit(dsl)));
    return new RenderedTogether(
        List.of(statements), Rendered.joined(List.of(statements)), Rendered.joined(all));
  }

  /** One that has nothing to go with, and commits by itself. */
  public static RenderedTogether alone(Rendered statement) {
    return new RenderedTogether(List.of(statement), statement, statement);
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
