package dev.daybook.error;

/**
 * Events that were read are no longer in the journal, and nobody deleted them: the database was
 * taken back to an earlier state, by a standby that was behind and was promoted, or by a backup
 * that was restored. The positions of the lost events are given again to others.
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
        "the journal was taken back from position "
            + from
            + " to "
            + to
            + ": events that were read are no longer there");
    this.from = from;
    this.to = to;
  }

  /** Up to where the journal was read. */
  public long from() {
    return from;
  }

  /**
   * Up to where at the most the journal was still the same when that was noticed: of a subscription
   * where its checkpoint was, of others what was known of the journal's end.
   */
  public long to() {
    return to;
  }
}
