package dev.daybook.internal.statements;

import java.util.ArrayList;
import java.util.List;

/** What to do once the current transaction has been committed. */
public final class CommitActions {

  private final List<CommitAction> actions = new ArrayList<>();

  public void add(CommitAction action) {
    actions.add(action);
  }

  /** The length of the list, for {@link #rolledBackTo}. */
  public int mark() {
    return actions.size();
  }

  /** That part of the transaction which was done since the mark was rolled back. */
  public void rolledBackTo(int mark) {
    List<CommitAction> since = actions.subList(Math.min(mark, actions.size()), actions.size());
    List<CommitAction> taken = List.copyOf(since);
    since.clear();
    taken.forEach(CommitAction::rolledBack);
  }

  /** Returns the actions and clears the list. */
  public List<CommitAction> take() {
    List<CommitAction> taken = List.copyOf(actions);
    actions.clear();
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
