package dev.daybook.journal;

import java.util.Objects;

/**
 * How far a bulk load has come.
 *
 * @param offset up to where its source is in the journal: a number of the caller's; 0 before the
 *     first
 * @param events how many events it has appended
 * @param note what the caller has left with the offset; empty before the first
 */
public record LoadProgress(long offset, long events, String note) {

  /** Of a load that has not begun. */
  public static final LoadProgress NONE = new LoadProgress(0, 0, "");

  public LoadProgress {
    Objects.requireNonNull(note, "note");
  }
}
