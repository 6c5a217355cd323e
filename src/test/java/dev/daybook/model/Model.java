package dev.daybook.model;

import dev.daybook.document.DocumentRecord;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a store holds, in plain maps. All names are ASCII, so that these have the stores' order. */
final class Model {

  final NavigableMap<String, ModelStream> streams = new TreeMap<>();
  final NavigableMap<String, NavigableMap<Long, String>> snapshots = new TreeMap<>();
  final NavigableMap<String, List<DocumentRecord>> documents = new TreeMap<>();
  final NavigableMap<String, Long> checkpoints = new TreeMap<>();
  final List<Long> projected = new ArrayList<>();
  long highestPosition;

  /** The highest position that the operation has answered an append with; 0 for none. */
  long appendedTo;

  Model copy() {
    Model copy = new Model();
    streams.forEach((id, stream) -> copy.streams.put(id, stream.copy()));
    snapshots.forEach((id, states) -> copy.snapshots.put(id, new TreeMap<>(states)));
    documents.forEach((id, records) -> copy.documents.put(id, new ArrayList<>(records)));
    copy.checkpoints.putAll(checkpoints);
    copy.projected.addAll(projected);
    copy.highestPosition = highestPosition;
    return copy;
  }

  /** Goes back to what was copied. */
  void restore(Model before) {
    streams.clear();
    streams.putAll(before.streams);
    snapshots.clear();
    snapshots.putAll(before.snapshots);
    documents.clear();
    documents.putAll(before.documents);
    checkpoints.clear();
    checkpoints.putAll(before.checkpoints);
    projected.clear();
    projected.addAll(before.projected);
    highestPosition = before.highestPosition;
  }

  /** The projection handles all events up to the last one that was appended. */
  void project() {
    long from = checkpoints.getOrDefault(Projection.NAME, 0L);
    journal().stream()
        .map(RecordedEvent::position)
        .filter(position -> position > from && position <= appendedTo)
        .forEach(projected::add);
    checkpoints.put(Projection.NAME, Math.max(from, appendedTo));
  }

  /** A stream to look at; one that nobody has made is not kept. */
  ModelStream stream(String id) {
    return streams.getOrDefault(id, new ModelStream());
  }

  /** A stream to write to. */
  ModelStream made(String id) {
    return streams.computeIfAbsent(id, any -> new ModelStream());
  }

  NavigableMap<Long, String> statesOf(String streamId) {
    return snapshots.computeIfAbsent(streamId, any -> new TreeMap<>());
  }

  /** All events in the order of the journal. */
  List<RecordedEvent<EncodedEvent>> journal() {
    return streams.values().stream()
        .flatMap(stream -> stream.events.values().stream())
        .sorted(Comparator.comparingLong(RecordedEvent::position))
        .toList();
  }

  /** The position of the last of so many events, counted from the beginning; 0 for none. */
  long positionOf(int events) {
    List<RecordedEvent<EncodedEvent>> journal = journal();
    int last = Math.min(events, journal.size());
    return last == 0 ? 0 : journal.get(last - 1).position();
  }

  /** What starts with a prefix and comes behind a name, in order. */
  static List<String> page(Map<String, ?> named, String prefix, String after, int limit) {
    return named.keySet().stream()
        .filter(name -> name.startsWith(prefix) && name.compareTo(after) > 0)
        .limit(limit)
        .toList();
  }
}
