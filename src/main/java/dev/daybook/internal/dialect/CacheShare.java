package dev.daybook.internal.dialect;

/** What a connection is there for, as far as the size of its cache goes; the largest come first. */
public enum CacheShare {

  /** The reader that is used whenever one is enough. */
  FIRST_READER,

  /** The connection that writes. */
  WRITER,

  /** Another reader that stays open between uses. */
  NEXT_READER,

  /** A reader beyond those, or one that only watches for commits. */
  EXTRA_READER
}
