package dev.daybook.journal;

/** Hears of appends after they are committed; see {@link Journal#onAppend}. */
@FunctionalInterface
public interface AppendListener {

  /**
   * Called with what was committed, on a thread that is this listener's alone. Whatever it throws
   * is logged, and it is told of the next append.
   */
  void appended(Appended appended);
}
