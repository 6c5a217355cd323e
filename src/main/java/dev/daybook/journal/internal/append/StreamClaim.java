package dev.daybook.journal.internal.append;

/**
 * A number of events to write after those of a stream, if it is as expected.
 *
 * @param expected what its high-water mark must be
 */
record StreamClaim(String streamId, MarkRange expected, long count) {

  long lowest() {
    return expected.lowest();
  }

  /** So that there are numbers left for all of them. */
  long highest() {
    return Math.min(expected.highest(), Long.MAX_VALUE - count);
  }

  /** What the mark is once they are written. */
  MarkRange after() {
    return expected.plus(count);
  }

  StreamClaim plus(long events) {
    return new StreamClaim(streamId, expected, count + events);
  }

  /** The sequence number that they are numbered from; 0 if it is not known. */
  long base() {
    return expected.isOne() ? expected.lowest() : 0;
  }
}
