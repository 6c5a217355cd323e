package dev.daybook.cli.importing.foreign;

import dev.daybook.Daybook;
import dev.daybook.cli.importing.foreign.sources.ForeignSource;
import dev.daybook.document.DocumentRecord;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.snapshot.internal.EncodedSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Compares what of a source can be imported with what a store has of it: stream by stream and
 * document by document, each by count and hash.
 */
final class ImportComparison implements HashingVisitor.Listener {

  /** How many differences are named at most. */
  private static final int MOST_NAMED = 100;

  /**
   * Something that differs.
   *
   * @param kind what it is
   * @param sourceRows how many events, snapshots or records the source has of it
   * @param targetRows how many the store has
   */
  record Difference(String kind, String id, long sourceRows, long targetRows) {}

  private final Journal<EncodedEvent> journal;
  private final EncodedSnapshots snapshots;
  private final Daybook daybook;
  private final LongConsumer progress;
  private final ImportedContent.Sum there = new ImportedContent.Sum();
  private final List<Difference> differences = new ArrayList<>();
  private long count;

  private ImportComparison(Daybook daybook, LongConsumer progress) {
    this.daybook = daybook;
    this.journal = daybook.rawJournal();
    this.snapshots = EncodedSnapshots.of(daybook.snapshots(Object.class));
    this.progress = progress;
  }

  /**
   * What a comparison has found.
   *
   * @param content what the store has of the source
   * @param differences what differs, the first hundred
   * @param count how much differs
   */
  record Result(ImportedContent content, List<Difference> differences, long count) {}

  /**
   * Compares.
   *
   * @param progress is called with the number of events that have been compared
   */
  static Result run(
      ForeignSource source, Map<String, Long> givenMarks, Daybook daybook, LongConsumer progress) {
    ImportComparison comparison = new ImportComparison(daybook, progress);
    new SourceWalk(source, givenMarks).run(new HashingVisitor(comparison));
    return new Result(
        comparison.there.content(), List.copyOf(comparison.differences), comparison.count);
  }

  @Override
  public void stream(String id, ContentHash.OfOne inSource) {
    ContentHash hash = new ContentHash();
    try (Stream<RecordedEvent<EncodedEvent>> events = journal.stream(EventQuery.stream(id))) {
      events.forEach(
          event ->
              hash.event(event.seq(), event.time(), event.tags(), event.metadata(), event.data()));
    }
    snapshots.forEach(id, hash::snapshot);
    ContentHash.OfOne inStore = hash.ofStream(id, journal.highestSeq(id));
    there.stream(inStore);
    compare("stream", id, inSource, inStore);
    progress.accept(there.events());
  }

  @Override
  public void document(String id, ContentHash.OfOne inSource) {
    ContentHash hash = new ContentHash();
    try (Stream<DocumentRecord> records = daybook.documents().loadAll(id)) {
      records.forEach(hash::record);
    }
    ContentHash.OfOne inStore = hash.ofDocument(id);
    there.document(inStore);
    compare("document", id, inSource, inStore);
  }

  private void compare(
      String kind, String id, ContentHash.OfOne inSource, ContentHash.OfOne inStore) {
    if (!inSource.hash().equals(inStore.hash())) {
      count++;
      if (differences.size() < MOST_NAMED) {
        differences.add(new Difference(kind, id, inSource.rows(), inStore.rows()));
      }
    }
  }
}
