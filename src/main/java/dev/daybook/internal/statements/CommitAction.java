package dev.daybook.internal.statements;

/** Something to be done about a transaction once it has ended. */
public interface CommitAction {

  /** Called right after the commit, before the next commit through the same writer. */
  void committed();

  /** Called a little later, when the transaction's connection and locks are no longer held. */
  void released();

  /** Called instead of both if the transaction was rolled back. */
  default void rolledBack() {}

  /**
   * Called instead of the others if it is not known whether the transaction was committed, or all
   * of it.
   */
  default void unsure() {
    committed();
    released();
  }
}
