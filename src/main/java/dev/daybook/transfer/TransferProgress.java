package dev.daybook.transfer;

/**
 * Receives the progress of a copy, on the thread that makes it. What it throws ends the copy and is
 * thrown to its caller; the next run continues from there.
 */
@FunctionalInterface
public interface TransferProgress {

  /** The part of the copy. */
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
    /** Bringing checkpoints, dead letters and bulk loads up to date. */
    CHECKPOINTS,
    /** Comparing both stores; counted in events. */
    VERIFY
  }

  /**
   * Called at least once a step, when it is done. A copy goes through the steps several times.
   *
   * @param step the current step
   * @param done how much of it is done
   * @param total how much there is; 0 if it was not counted
   */
  void report(Step step, long done, long total);
}
