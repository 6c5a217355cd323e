package dev.daybook.internal.sql;

/** Something to be done about a transaction that was committed. */
public interface CommitAction {

  /** Called right after the commit, before anybody else can commit through the same writer. */
  void committed();

  /** Called a little later, when the transaction's connection and locks are no longer held. */
  void released();
}
