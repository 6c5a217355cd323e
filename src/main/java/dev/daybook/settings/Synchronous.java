package dev.daybook.settings;

/** When SQLite waits for the disk: the {@code synchronous} setting of every connection. */
public enum Synchronous {
  /**
   * Each commit is on the disk before it is acknowledged: what was acknowledged survives a power
   * cut.
   */
  FULL,
  /**
   * Commits are written to the write-ahead log and reach the disk at its next checkpoint. A crash
   * of the process loses nothing; a power cut may lose the last commits, never the file's
   * consistency.
   */
  NORMAL
}
