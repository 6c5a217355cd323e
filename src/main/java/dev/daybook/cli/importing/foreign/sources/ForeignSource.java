package dev.daybook.cli.importing.foreign.sources;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.Meta;
import dev.daybook.snapshot.internal.SnapshotRows;
import java.util.List;

/**
 * What another program has stored. All rows are those that were there when the source was first
 * read. Ids are in the order of their code points.
 */
public interface ForeignSource extends AutoCloseable {

  /** In which order events were written. */
  enum Order {
    /** By stream and number. */
    STREAMS,
    /** As they were written. */
    WRITTEN
  }

  /** What of the source nothing reads, for people; none if all is read. */
  List<String> leftOut();

  /** Up to which number the events of each stream were deleted, by stream. */
  @MustBeClosed
  default SourceRows<Long> marks() {
    return SourceRows.none();
  }

  /** The events. The places of those that are read as they were written ascend. */
  @MustBeClosed
  default SourceRows<SourceEvent> events(Order order) {
    return SourceRows.none();
  }

  /** The snapshots, by stream and number. */
  @MustBeClosed
  default SourceRows<SnapshotRows.Stored> snapshots() {
    return SourceRows.none();
  }

  /** Why each tombstoned stream is that, by stream; empty for no reason. */
  @MustBeClosed
  default SourceRows<String> tombstones() {
    return SourceRows.none();
  }

  /** Up to which {@linkplain SourceRow#place place} of the events each consumer has read. */
  @MustBeClosed
  default SourceRows<Long> checkpoints() {
    return SourceRows.none();
  }

  /** The last meta of each document, by document. */
  @MustBeClosed
  default SourceRows<Meta> metas() {
    return SourceRows.none();
  }

  /** The records of all documents, by document and number. */
  @MustBeClosed
  default SourceRows<DocumentRecord> records() {
    return SourceRows.none();
  }

  @Override
  void close();
}
