package dev.daybook.journal.internal.read;

import dev.daybook.internal.statements.Script;
import dev.daybook.journal.EventQuery;

/** The statements that count events, which only this package asks for. */
public final class CountScripts {

  private CountScripts() {}

  /** The statement that counts the events of a query. */
  public static Script of(EventReads reads, EventQuery query) {
    return reads.count(query, Long.MAX_VALUE).script();
  }
}
