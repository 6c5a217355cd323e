package dev.daybook.cli.importing.foreign;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.Daybook;
import dev.daybook.cli.importing.foreign.sources.ForeignSource;
import dev.daybook.cli.importing.foreign.sources.SourceEvent;
import dev.daybook.cli.importing.foreign.sources.SourceRow;
import dev.daybook.cli.importing.foreign.sources.SourceRows;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamState;
import dev.daybook.stream.StreamStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which positions the checkpoints of a source have in a store, where its events have new ones: that
 * of the last event that was imported and that the consumer had read.
 */
final class ConsumerPositions {

  private record Checkpoint(String consumer, long place) {}

  private final Daybook daybook;
  private final Map<String, Long> positions = new LinkedHashMap<>();

  private ConsumerPositions(Daybook daybook) {
    this.daybook = daybook;
  }

  /** By consumer; all events of the source are in the store. */
  static Map<String, Long> of(Daybook daybook, ForeignSource source, BadRows bad) {
    List<Checkpoint> checkpoints = new ArrayList<>();
    new SourceWalk(source, Map.of())
        .checkpoints(
            new SourceVisitor() {
              @Override
              public void checkpoint(String consumer, long place) {
                checkpoints.add(new Checkpoint(consumer, place));
              }
            },
            new BadRows());
    checkpoints.sort(Comparator.comparingLong(Checkpoint::place));
    ConsumerPositions found = new ConsumerPositions(daybook);
    if (!checkpoints.isEmpty()) {
      found.find(checkpoints, source, bad);
    }
    return found.positions;
  }

  private void find(List<Checkpoint> checkpoints, ForeignSource source, BadRows bad) {
    int next = 0;
    SourceRow<SourceEvent> last = null;
    try (SourceRows<SourceEvent> rows = source.events(ForeignSource.Order.WRITTEN)) {
      for (SourceRow<SourceEvent> row = rows.poll();
          row != null && next < checkpoints.size();
          row = rows.poll()) {
        while (next < checkpoints.size() && checkpoints.get(next).place() < row.place()) {
          put(checkpoints.get(next++), last);
        }
        last = bad.isImported(row) ? row : last;
      }
    }
    while (next < checkpoints.size()) {
      put(checkpoints.get(next++), last);
    }
  }

  private void put(Checkpoint checkpoint, @Nullable SourceRow<SourceEvent> last) {
    positions.put(checkpoint.consumer(), last == null ? 0L : position(last));
  }

  private long position(SourceRow<SourceEvent> row) {
    try (Stream<RecordedEvent<EncodedEvent>> events =
        events(daybook, daybook.streams().status(row.id()))) {
      return events
          .filter(event -> event.seq() == row.seq())
          .mapToLong(RecordedEvent::position)
          .findFirst()
          .orElse(0);
    }
  }

  /** The events of a stream, also of one that is tombstoned. */
  @MustBeClosed
  static Stream<RecordedEvent<EncodedEvent>> events(Daybook daybook, StreamStatus status) {
    String id = status.streamId();
    if (status.state() == StreamState.TOMBSTONED) {
      return daybook.rawJournal().stream(EventQuery.all().inStreams(id))
          .filter(event -> event.streamId().equals(id));
    }
    return daybook.rawJournal().stream(EventQuery.stream(id));
  }
}
