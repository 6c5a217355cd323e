package dev.daybook.internal.statements;

import java.util.ArrayList;
import java.util.List;

/**
 * What to do once the current transaction has been committed. Safe for several threads: a
 * transaction may be ended by another one than the one that uses it.
 */
public final class CommitActions {

  private final List<CommitAction> actions = new ArrayList<>();

  public synchronized void add(CommitAction action) {
    actions.add(action);
  }

  /** The length of the list, for {@link #rolledBackTo}. */
  public synchronized int mark() {
    return actions.size();
  }

  /** That part of the transaction which was done since the mark was rolled back. */
  public void rolledBackTo(int mark) {
    takeFrom(mark).forEach(CommitAction::rolledBack);
  }

  /** Returns the actions and clears the list. */
  public List<CommitAction> take() {
    return takeFrom(0);
  }

  private synchronized List<CommitAction> takeFrom(int mark) {
    List<CommitAction> since = actions.subList(Math.min(mark, actions.size()), actions.size());
    List<CommitAction> taken = List.copyOf(since);
    since.clear();
    return taken;
  }

  /** It is unknown whether the transaction was committed, or all of it. */
  public void unsure() {
    take().forEach(CommitAction::unsure);
  }

  /** The transaction was rolled back. */
  public void rolledBack() {
    take().forEach(CommitAction::rolledBack);
  }
}
