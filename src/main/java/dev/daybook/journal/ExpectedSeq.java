package dev.daybook.journal;

import dev.daybook.internal.input.InputRules;
import java.io.Serializable;

/**
 * What the writer of an append expects of the stream: optimistic concurrency. It is compared with
 * the stream's highest sequence number, which deletes don't lower: a stream whose events were all
 * deleted still exists.
 */
public sealed interface ExpectedSeq extends Serializable {

  /** No expectation: append to the stream in any case. */
  static ExpectedSeq any() {
    return Any.INSTANCE;
  }

  /** Nothing was ever appended to the stream. */
  static ExpectedSeq noStream() {
    return NoStream.INSTANCE;
  }

  /** Something was appended to the stream before. */
  static ExpectedSeq streamExists() {
    return StreamExists.INSTANCE;
  }

  /**
   * The highest sequence number is exactly this one; 0 is the same as {@link #noStream()}.
   *
   * @throws dev.daybook.error.InvalidInputException if it is negative
   */
  static ExpectedSeq exactly(long seq) {
    return new Exactly(seq);
  }

  /** Whether a stream with this highest sequence number meets the expectation. */
  boolean accepts(long highestSeq);

  /** See {@link #any()}. */
  enum Any implements ExpectedSeq {
    INSTANCE;

    @Override
    public boolean accepts(long highestSeq) {
      return true;
    }

    @Override
    public String toString() {
      return "any";
    }
  }

  /** See {@link #noStream()}. */
  enum NoStream implements ExpectedSeq {
    INSTANCE;

    @Override
    public boolean accepts(long highestSeq) {
      return highestSeq == 0;
    }

    @Override
    public String toString() {
      return "no stream";
    }
  }

  /** See {@link #streamExists()}. */
  enum StreamExists implements ExpectedSeq {
    INSTANCE;

    @Override
    public boolean accepts(long highestSeq) {
      return highestSeq > 0;
    }

    @Override
    public String toString() {
      return "an existing stream";
    }
  }

  /** See {@link #exactly(long)}. */
  record Exactly(long seq) implements ExpectedSeq {

    public Exactly {
      InputRules.requireNotNegative("the expected sequence number", seq);
    }

    @Override
    public boolean accepts(long highestSeq) {
      return highestSeq == seq;
    }

    @Override
    public String toString() {
      return "sequence number " + seq;
    }
  }
}
