package dev.daybook.maintenance;

/**
 * Receives the progress of a backup, a restore or a check, on the thread that does the work. What
 * it throws ends the work, which then throws it to its caller and leaves nothing half done.
 */
@FunctionalInterface
public interface Progress {

  /** The part of the work. */
  enum Step {
    /** Copying; counted in pages. */
    COPY,
    /** Checking pages and foreign keys; not counted. */
    PAGES,
    /** Checking the numbers of events; counted in events. */
    NUMBERS,
    /** Checking tags; counted in tags. */
    TAGS,
    /** Checking the content of events; counted in events. */
    EVENTS,
    /** Checking snapshots. */
    SNAPSHOTS,
    /** Checking checkpoints. */
    CHECKPOINTS,
    /** Checking documents; counted in records. */
    DOCUMENTS,
    /** Checking dead letters. */
    DEAD_LETTERS
  }

  /**
   * Called at least once a step, when it is done.
   *
   * @param step the current step
   * @param done how much of it is done
   * @param total how much there is; 0 if it is not counted
   */
  void report(Step step, long done, long total);
}
