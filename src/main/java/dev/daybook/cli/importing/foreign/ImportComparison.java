package dev.daybook.cli.importing.foreign;

import dev.daybook.Daybook;
import dev.daybook.checkpoint.Checkpoint;
import dev.daybook.cli.importing.foreign.sources.ForeignSource;
import dev.daybook.document.DocumentRecord;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamState;
import dev.daybook.snapshot.internal.EncodedSnapshots;
import dev.daybook.stream.StreamStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final Map<String, Long> positions;
  private final EncodedSnapshots snapshots;
  private final Daybook daybook;
  private final LongConsumer progress;
  private final ImportedContent.Sum there = new ImportedContent.Sum();
  private final List<Difference> differences = new ArrayList<>();
  private long count;

  private ImportComparison(Daybook daybook, Map<String, Long> positions, LongConsumer progress) {
    this.daybook = daybook;
    this.positions = positions;
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
   * @param bad what of the source was left out
   * @param progress is called with the number of events that have been compared
   */
  static Result run(
      ForeignSource source,
      Map<String, Long> givenMarks,
      BadRows bad,
      Daybook daybook,
      LongConsumer progress) {
    ImportComparison comparison =
        new ImportComparison(daybook, ConsumerPositions.of(daybook, source, bad), progress);
    new SourceWalk(source, givenMarks).run(new HashingVisitor(comparison));
    return new Result(
        comparison.there.content(), List.copyOf(comparison.differences), comparison.count);
  }

  @Override
  public void stream(String id, ContentHash.OfOne inSource) {
    ContentHash hash = new ContentHash();
    StreamStatus status = daybook.streams().status(id);
    try (Stream<RecordedEvent<EncodedEvent>> events = ConsumerPositions.events(daybook, status)) {
      events.forEach(
          event ->
              hash.event(event.seq(), event.time(), event.tags(), event.metadata(), event.data()));
    }
    snapshots.forEach(id, hash::snapshot);
    if (status.state() == StreamState.TOMBSTONED) {
      hash.tombstone(status.reason().orElse(""));
    }
    ContentHash.OfOne inStore = hash.ofStream(id, status.lastSeq());
    there.stream(inStore);
    compare("stream", id, inSource, inStore);
    progress.accept(there.events());
  }

  @Override
  public void checkpoint(String consumer, long place) {
    Optional<Long> position = daybook.checkpoints().load(consumer).map(Checkpoint::position);
    if (position.equals(Optional.ofNullable(positions.get(consumer)))) {
      there.checkpoint(consumer, place);
    } else {
      add(new Difference("checkpoint", consumer, 1, position.isPresent() ? 1 : 0));
    }
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
      add(new Difference(kind, id, inSource.rows(), inStore.rows()));
    }
  }

  private void add(Difference difference) {
    count++;
    if (differences.size() < MOST_NAMED) {
      differences.add(difference);
    }
  }
}
