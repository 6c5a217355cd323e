package dev.daybook.journal;

/** Is notified of appends after their commit; see {@link Journal#onAppend}. */
@FunctionalInterface
public interface AppendListener {

  /**
   * Called with what was committed, on this listener's own thread. What it throws is logged, and it
   * is called for the next append.
   */
  void appended(Appended appended);
}
