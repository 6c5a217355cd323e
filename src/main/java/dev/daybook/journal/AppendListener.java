package dev.daybook.journal;

/** Hears of appends after they are committed; see {@link Journal#onAppend}. */
@FunctionalInterface
public interface AppendListener {

  /** Called with what was committed. What it throws is logged and harms nobody. */
  void appended(Appended appended);
}
