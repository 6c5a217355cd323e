package dev.daybook.journal.internal.append;

import dev.daybook.journal.ExpectedSeq;

/** The high-water marks that meet an expectation. */
record MarkRange(long lowest, long highest) {

  static MarkRange of(ExpectedSeq expected) {
    if (expected instanceof ExpectedSeq.Exactly exactly) {
      return new MarkRange(exactly.seq(), exactly.seq());
    }
    if (expected instanceof ExpectedSeq.NoStream) {
      return new MarkRange(0, 0);
    }
    return new MarkRange(expected instanceof ExpectedSeq.StreamExists ? 1 : 0, Long.MAX_VALUE);
  }

  boolean covers(MarkRange other) {
    return lowest <= other.lowest && other.highest <= highest;
  }

  /** The marks that are so much higher, as far as there are any. */
  MarkRange plus(long count) {
    return new MarkRange(
        Math.min(lowest, Long.MAX_VALUE - count) + count,
        Math.min(highest, Long.MAX_VALUE - count) + count);
  }

  /** Whether only one mark does. */
  boolean isOne() {
    return lowest == highest;
  }
}
