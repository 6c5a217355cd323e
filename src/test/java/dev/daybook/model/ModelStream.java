package dev.daybook.model;

import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamArchivedException;
import dev.daybook.journal.StreamDeletedException;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.StreamTombstonedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A stream as a model knows it. */
final class ModelStream {

  final NavigableMap<Long, RecordedEvent<EncodedEvent>> events = new TreeMap<>();
  final Map<Long, String> keys = new HashMap<>();
  StreamState state = StreamState.UNKNOWN;
  @Nullable String reason;
  long lastSeq;
  long deletedTo;

  ModelStream copy() {
    ModelStream copy = new ModelStream();
    copy.events.putAll(events);
    copy.keys.putAll(keys);
    copy.state = state;
    copy.reason = reason;
    copy.lastSeq = lastSeq;
    copy.deletedTo = deletedTo;
    return copy;
  }

  /** The events that were recorded under a key. */
  List<RecordedEvent<EncodedEvent>> ofKey(String key) {
    return events.values().stream().filter(event -> key.equals(keys.get(event.seq()))).toList();
  }

  void requireActive() {
    if (state == StreamState.ARCHIVED) {
      throw new Answer.Refusal(StreamArchivedException.class);
    }
    requireReadable();
  }

  void requireReadable() {
    if (state == StreamState.TOMBSTONED) {
      throw new Answer.Refusal(StreamTombstonedException.class);
    }
    if (state == StreamState.DELETED) {
      throw new Answer.Refusal(StreamDeletedException.class);
    }
  }

  long delete(long toSeq) {
    NavigableMap<Long, RecordedEvent<EncodedEvent>> gone = events.headMap(toSeq, true);
    long count = gone.size();
    gone.clear();
    deletedTo = Math.max(deletedTo, Math.min(toSeq, lastSeq));
    return count;
  }
}
