package dev.daybook.maintenance;

import dev.daybook.meta.Internal;

/**
 * How much is stored beside events, all of one moment; {@link dev.daybook.journal.Journal#stats}
 * has the figures of the journal.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface StoreTotals {

  /** How many tags the events have: an event with two tags counts twice. */
  long tags();

  /** How many snapshots there are. */
  long snapshots();

  /** How many documents there are. */
  long documents();

  /** How many records these documents have. */
  long records();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("maintenance.internal makes it")
  record StoreTotalsValues(long tags, long snapshots, long documents, long records)
      implements StoreTotals {}
}
