package dev.daybook.journal;

import dev.daybook.error.DaybookException;

/**
 * Another writer appended first: the stream is not at the expected sequence number. Nothing was
 * written. Read the stream again, decide again, and append with the new expectation.
 */
public final class ConflictException extends DaybookException {

  private static final long serialVersionUID = 1L;

  private final String streamId;
  private final ExpectedSeq expected;
  private final long actual;

  public ConflictException(String streamId, ExpectedSeq expected, long actual) {
    super(
        "stream \"%s\": expected %s, found sequence number %s"
            .formatted(streamId, expected, actual));
    this.streamId = streamId;
    this.expected = expected;
    this.actual = actual;
  }

  public String streamId() {
    return streamId;
  }

  public ExpectedSeq expected() {
    return expected;
  }

  /** The stream's highest sequence number, 0 if nothing was ever appended. */
  public long actual() {
    return actual;
  }
}
