package dev.daybook.error;

/**
 * Events that were read are no longer in the journal, although they were not deleted: the database
 * was rolled back to an earlier state. A standby that was behind was promoted, or a backup was
 * restored. The positions of the lost events are given to other events.
 */
public final class JournalRolledBackException extends DaybookException {

  private static final long serialVersionUID = 1L;

  private final long from;
  private final long to;

  /**
   * @param from up to where the journal was read
   * @param to up to where at the most it was still the same when that was noticed
   */
  public JournalRolledBackException(long from, long to) {
    super(
        "the journal was rolled back from position "
            + from
            + " to "
            + to
            + ": events that were read are lost");
    this.from = from;
    this.to = to;
  }

  /** Up to where the journal was read. */
  public long from() {
    return from;
  }

  /**
   * Up to where at the most the journal was still the same when that was noticed: for a
   * subscription its checkpoint, for others the last known end of the journal.
   */
  public long to() {
    return to;
  }
}
