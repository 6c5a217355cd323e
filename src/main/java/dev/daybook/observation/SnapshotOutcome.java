package dev.daybook.observation;

/** What became of the saving of a snapshot, or of the search for one. */
public enum SnapshotOutcome {
  /** It was saved; in a caller's transaction, once that commits. */
  SAVED,
  /** It could not be saved. */
  NOT_SAVED,
  /** One was found. */
  FOUND,
  /** There was none that can be used. */
  NONE,
  /** One was there and can't be used; the search continues with an older one. */
  UNUSABLE
}
