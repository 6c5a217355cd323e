package dev.daybook.internal.rows;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many rows are in memory at a time where rows are read in pages: so many that they take no
 * more than {@link #MOST_BYTES}, or one that is larger.
 */
public final class PageSize {

  /** How many rows a page has at most. */
  public static final int MOST_ROWS = 500;

  /** How large the rows of a page are at most, if there are more than one. */
  public static final long MOST_BYTES = 4L << 20;

  private PageSize() {}

  /**
   * How many of the next rows make a page; if any, at least one.
   *
   * @param sizes how many bytes each of them has
   */
  public static long of(List<Long> sizes) {
    long rows = 0;
    long bytes = 0;
    for (long size : sizes) {
      bytes += size;
      if (rows > 0 && bytes > MOST_BYTES) {
        break;
      }
      rows++;
    }
    return rows;
  }

  /** About how many bytes the values of a row take in memory. */
  public static long bytes(List<@Nullable Object> row) {
    long size = 0;
    for (Object value : row) {
      if (value instanceof byte[] bytes) {
        size += bytes.length;
      } else if (value instanceof String text) {
        size += 2L * text.length();
      } else {
        size += Long.BYTES;
      }
    }
    return size;
  }
}
