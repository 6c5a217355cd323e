package dev.daybook.journal;

import dev.daybook.meta.Internal;
import java.util.Objects;

/**
 * How far a bulk load has come.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface LoadProgress {

  /** Up to where its source is in the journal: a number of the caller's; 0 before the first. */
  long offset();

  /** How many events it has appended. */
  long events();

  /** What the caller has left with the offset; empty before the first. */
  String note();

  /** Of a load that has not begun. */
  LoadProgress NONE = new LoadProgress.LoadProgressValues(0, 0, "");

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("journal.internal makes it")
  record LoadProgressValues(long offset, long events, String note) implements LoadProgress {

    public LoadProgressValues {
      Objects.requireNonNull(note, "note");
    }
  }
}
