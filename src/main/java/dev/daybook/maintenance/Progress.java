package dev.daybook.maintenance;

/**
 * Hears how far something has come, now and then, on the thread that does it. What it throws is
 * thrown to whoever asked for the work, and leaves nothing half done.
 */
@FunctionalInterface
public interface Progress {

  /** What is going on. */
  enum Step {
    /** Copying; counted in pages. */
    COPY,
    /** Checking pages and foreign keys; not counted. */
    PAGES,
    /** Checking the numbers of events; counted in events. */
    NUMBERS,
    /** Checking tags; counted in tags. */
    TAGS,
    /** Checking what events say; counted in events. */
    EVENTS,
    /** Checking snapshots. */
    SNAPSHOTS,
    /** Checking checkpoints. */
    CHECKPOINTS,
    /** Checking documents; counted in records. */
    DOCUMENTS,
    /** Checking events that were put aside. */
    DEAD_LETTERS
  }

  /**
   * Called at least once a step, when it is done.
   *
   * @param step what is going on
   * @param done how much of it is done
   * @param total how much there is; 0 if it is not counted
   */
  void report(Step step, long done, long total);
}
