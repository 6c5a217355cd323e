package dev.daybook.cli.importing.foreign;

import dev.daybook.cli.importing.foreign.sources.SourceEvent;
import dev.daybook.document.DocumentRecord;
import dev.daybook.snapshot.internal.SnapshotRows;

/** Gets what can be imported of a source, stream by stream, and then document by document. */
interface SourceVisitor {

  /**
   * A stream begins.
   *
   * @param before the number before that of its first event
   */
  default void stream(String id, long before) {}

  /** The next event of the stream. */
  default void event(SourceEvent event) {}

  /** The next snapshot of the stream, after its events. */
  default void snapshot(SnapshotRows.Stored snapshot) {}

  /** The stream is tombstoned, for a reason that may be empty. */
  default void tombstone(String id, String reason) {}

  /**
   * The stream has ended.
   *
   * @param mark its high-water mark
   */
  default void endStream(String id, long mark) {}

  /** A consumer has read the events up to a place, after all streams. */
  default void checkpoint(String consumer, long place) {}

  /** A document begins. */
  default void document(String id) {}

  /** The next record of the document. */
  default void record(DocumentRecord record) {}

  /**
   * The document has ended.
   *
   * @param isGood whether it can be imported
   */
  default void endDocument(String id, boolean isGood) {}
}
