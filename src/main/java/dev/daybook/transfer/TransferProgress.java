package dev.daybook.transfer;

/**
 * Hears how far a copy has come, now and then, on the thread that makes it. What it throws ends the
 * copy and is thrown to whoever asked for it; the next run goes on from there.
 */
@FunctionalInterface
public interface TransferProgress {

  /** What is going on. */
  enum Step {
    /** Making sure that the target is empty, or was begun by a copy of this source. */
    TARGET,
    /** Copying events; counted in positions. */
    EVENTS,
    /** Bringing the rows of streams up to date, and deleting events that the source has deleted. */
    STREAMS,
    /** Bringing snapshots up to date. */
    SNAPSHOTS,
    /** Bringing documents up to date; counted in records. */
    DOCUMENTS,
    /** Bringing checkpoints, events that were put aside and bulk loads up to date. */
    CHECKPOINTS,
    /** Comparing both stores; counted in events. */
    VERIFY
  }

  /**
   * Called at least once a step, when it is done. A copy goes through the steps several times.
   *
   * @param step what is going on
   * @param done how much of it is done
   * @param total how much there is; 0 if nobody has counted
   */
  void report(Step step, long done, long total);
}
