package dev.daybook.internal.dialect;

import org.jspecify.annotations.Nullable;

/**
 * The memory that the connections of a store may use for pages of its file, and how they share it.
 *
 * @param bytes what the writer and the readers that are kept open have together
 */
public record CacheBudget(long bytes) {

  /** How many readers have a share: the first one and three more. */
  public static final int READERS = 4;

  /** If nothing else was asked for. */
  public static final CacheBudget DEFAULT = new CacheBudget(32L << 20);

  /** So that each connection can keep some pages. */
  public static final CacheBudget LEAST = new CacheBudget(1L << 20);

  /** What SQLite's setting can hold. */
  public static final CacheBudget MOST = new CacheBudget(1L << 40);

  /** What SQLite gives a connection by itself. */
  public static final long UNCHOSEN_KIBIBYTES = 2_000;

  public static CacheBudget orDefault(@Nullable CacheBudget asked) {
    return asked == null ? DEFAULT : asked;
  }

  /** How much one connection may use. */
  public long kibibytes(CacheShare share) {
    long all = bytes >> 10;
    long next = all / 4 / (READERS - 1);
    return switch (share) {
      case FIRST_READER -> all / 2;
      case WRITER -> all / 4;
      case NEXT_READER -> next;
      case EXTRA_READER -> Math.min(next, UNCHOSEN_KIBIBYTES);
    };
  }
}
