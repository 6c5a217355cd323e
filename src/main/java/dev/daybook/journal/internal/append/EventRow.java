package dev.daybook.journal.internal.append;

import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.read.EventRows;
import dev.daybook.journal.internal.types.EventCodec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way into the table, but for its position.
 *
 * @param seq its sequence number; if the database is to give it one, its number among the events
 *     that one statement writes to its stream
 * @param sealed what is stored
 */
record EventRow<E>(PendingAppend<E> append, PendingEvent<E> event, long seq, EncodedEvent sealed) {

  static <E> EventRow<E> of(
      PendingAppend<E> append, PendingEvent<E> event, long seq, EventCodec<E> codec) {
    return new EventRow<>(append, event, seq, codec.seal(event.encoded(), append.streamId(), seq));
  }

  String streamId() {
    return append.streamId();
  }

  Instant time() {
    return event.time();
  }

  boolean isTagged() {
    return event.tags() != null;
  }

  /** Whether it is of the first schema version, and plain JSON, and has no metadata and no key. */
  boolean isPlain() {
    return sealed.schemaVersion() == 1
        && sealed.compression() == null
        && sealed.keyId() == null
        && event.metadata() == null
        && idempotencyKey() == null
        && sealed.codec().equals(EncodedEvent.JSON);
  }

  @Nullable String idempotencyKey() {
    return append.append().idempotencyKey().orElse(null);
  }

  /** The checksum of what it says; its number, once it has one, is to be taken from it. */
  long checksum() {
    return EventRows.checksum(
        streamId(),
        sealed,
        time().toEpochMilli(),
        event.tags(),
        event.metadata(),
        idempotencyKey());
  }

  RecordedEvent<E> recorded(long seq, long position) {
    RecordedEvent<E> recorded =
        RecordedEvent.of(
            append.streamId(),
            seq,
            position,
            event.encoded().type(),
            event.event().tags(),
            event.event().metadata(),
            time(),
            event.event().data());
    String key = idempotencyKey();
    return key == null ? recorded : recorded.withIdempotencyKey(key);
  }
}
