package dev.daybook.cli.importing.foreign;

import dev.daybook.cli.importing.foreign.sources.SourceEvent;
import dev.daybook.document.DocumentRecord;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.NewEvent;
import dev.daybook.snapshot.internal.SnapshotRows;

/** Counts and hashes each stream and each document of a source that can be imported. */
final class HashingVisitor implements SourceVisitor {

  /** Gets what a stream or a document has, when it has ended. */
  interface Listener {
    void stream(String id, ContentHash.OfOne content);

    void checkpoint(String consumer, long place);

    void document(String id, ContentHash.OfOne content);
  }

  private final Listener listener;
  private ContentHash one = new ContentHash();

  HashingVisitor(Listener listener) {
    this.listener = listener;
  }

  @Override
  public void stream(String id, long before) {
    one = new ContentHash();
  }

  @Override
  public void event(SourceEvent event) {
    NewEvent<EncodedEvent> said = event.event();
    one.event(event.seq(), said.time().orElseThrow(), said.tags(), said.metadata(), said.data());
  }

  @Override
  public void snapshot(SnapshotRows.Stored snapshot) {
    one.snapshot(snapshot);
  }

  @Override
  public void tombstone(String id, String reason) {
    one.tombstone(reason);
  }

  @Override
  public void checkpoint(String consumer, long place) {
    listener.checkpoint(consumer, place);
  }

  @Override
  public void endStream(String id, long mark) {
    listener.stream(id, one.ofStream(id, mark));
  }

  @Override
  public void document(String id) {
    one = new ContentHash();
  }

  @Override
  public void record(DocumentRecord record) {
    one.record(record);
  }

  @Override
  public void endDocument(String id, boolean isGood) {
    if (isGood) {
      listener.document(id, one.ofDocument(id));
    }
  }
}
