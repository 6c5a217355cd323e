package dev.daybook.internal.sql;

import java.util.ArrayList;
import java.util.List;

/** What is to be done once the transaction that is under way has been committed. */
public final class CommitActions {

  private final List<CommitAction> actions = new ArrayList<>();

  public void add(CommitAction action) {
    actions.add(action);
  }

  /** How far the list has come, for {@link #forgetSince}. */
  int mark() {
    return actions.size();
  }

  /** Takes back what was added since the mark: that part of the transaction is rolled back. */
  void forgetSince(int mark) {
    actions.subList(Math.min(mark, actions.size()), actions.size()).clear();
  }

  /** Hands over what is to be done and forgets it. */
  public List<CommitAction> take() {
    List<CommitAction> taken = List.copyOf(actions);
    actions.clear();
    return taken;
  }

  public void forgetAll() {
    actions.clear();
  }
}
