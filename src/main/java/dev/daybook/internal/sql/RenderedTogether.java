package dev.daybook.internal.sql;

import java.util.List;

/**
 * Statements that are run one after the other, by {@link Session#prepare(RenderedTogether)}. Where
 * the database takes them so, they go to it as one, and are one transaction if none was begun.
 */
public final class RenderedTogether {

  private final List<Rendered> statements;
  private final Rendered joined;

  private RenderedTogether(List<Rendered> statements) {
    this.statements = statements;
    this.joined = Rendered.joined(statements);
  }

  /** Each has a text of its own, because on a connection one text is one prepared statement. */
  public static RenderedTogether of(Rendered... statements) {
    return new RenderedTogether(List.of(statements));
  }

  List<Rendered> statements() {
    return statements;
  }

  /** All of them as one text. */
  Rendered joined() {
    return joined;
  }

  @Override
  public String toString() {
    return joined.toString();
  }
}
