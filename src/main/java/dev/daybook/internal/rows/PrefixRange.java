package dev.daybook.internal.rows;

import java.util.Optional;

/**
 * The strings that start with a prefix, as a range: from the prefix itself to, but not including,
 * the first string after all of them. Exact, and served by an index, where {@code LIKE} is neither:
 * the columns that hold ids are compared by code point, which is also the order of their UTF-8
 * bytes.
 */
public final class PrefixRange {

  private static final int FIRST_SURROGATE = Character.MIN_SURROGATE;
  private static final int BEHIND_SURROGATES = Character.MAX_SURROGATE + 1;

  private PrefixRange() {}

  /** The first string after those that start with the prefix; empty if there is none. */
  public static Optional<String> end(String prefix) {
    int[] codePoints = prefix.codePoints().toArray();
    for (int last = codePoints.length - 1; last >= 0; last--) {
      int next = codePoints[last] + 1;
      if (next <= Character.MAX_CODE_POINT) {
        codePoints[last] = next == FIRST_SURROGATE ? BEHIND_SURROGATES : next;
        return Optional.of(new String(codePoints, 0, last + 1));
      }
    }
    return Optional.empty();
  }

  /** Compares as the database does, by code point; {@link String#compareTo} does not. */
  public static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean surrogatesDecide = Character.isSurrogate(a) != Character.isSurrogate(b);
        return surrogatesDecide
            ? Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b))
            : Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
