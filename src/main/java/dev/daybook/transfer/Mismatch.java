package dev.daybook.transfer;

import java.util.Objects;

/**
 * Something that differs between the target and the source.
 *
 * @param kind what it is
 * @param id the stream's or document's id, or the consumer's or bulk load's name
 * @param sourceRows how many rows the source has of it
 * @param targetRows how many rows the target has of it; if they are as many, the rows differ
 */
public record Mismatch(Kind kind, String id, long sourceRows, long targetRows) {

  /** What is compared as a whole. */
  public enum Kind {
    /** A stream: its marks and state, its events and their tags. */
    STREAM,
    /** The snapshots of a stream. */
    SNAPSHOTS,
    /** A document: what its last meta says, and its records. */
    DOCUMENT,
    /** A consumer: its checkpoint and its dead letters. */
    CONSUMER,
    /** A bulk load: its progress. */
    LOAD
  }

  public Mismatch {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(id, "id");
  }
}
