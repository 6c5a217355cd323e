package dev.daybook.payload;

/** How payloads are compressed. */
public enum Compression {
  /** Not at all. */
  NONE,
  /** By gzip, which every Java platform has. */
  GZIP,
  /**
   * By Zstandard: smaller and faster; needs {@code com.github.luben:zstd-jni} on the class path.
   */
  ZSTD
}
