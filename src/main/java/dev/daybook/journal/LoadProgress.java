package dev.daybook.journal;

import dev.daybook.meta.Internal;
import java.util.Objects;

/**
 * The progress of a bulk load.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface LoadProgress {

  /**
   * Up to where the journal contains its source: a number that the caller chose; 0 before the first
   * append.
   */
  long offset();

  /** How many events it has appended, without those whose idempotency key was there before. */
  long events();

  /** The text that the caller stored with the offset; empty before the first append. */
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
