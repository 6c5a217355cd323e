package dev.daybook.journal;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recorded event. Immutable.
 *
 * <p>{@link #tags}, {@link #metadata} and {@link #data} may be decoded when they are asked for.
 * Each then throws {@link dev.daybook.error.EventDecodeException} if the stored value can't be
 * decoded.
 *
 * @param <E> the type of the event
 */
public final class RecordedEvent<E> {

  private final String streamId;
  private final long seq;
  private final long position;
  private final String type;
  private final List<String> tags;
  private final Metadata metadata;
  private final Instant time;
  private final E data;
  private final @Nullable String idempotencyKey;

  private RecordedEvent(
      String streamId,
      long seq,
      long position,
      String type,
      List<String> tags,
      Metadata metadata,
      Instant time,
      E data,
      @Nullable String idempotencyKey) {
    this.streamId = streamId;
    this.seq = seq;
    this.position = position;
    this.type = type;
    this.tags = tags;
    this.metadata = metadata;
    this.time = time;
    this.data = data;
    this.idempotencyKey = idempotencyKey;
  }

  /**
   * An event of another journal, for {@link BulkLoad#appendRecorded}, or an event for a test of a
   * handler. Nothing is checked.
   */
  public static <E> RecordedEvent<E> of(
      String streamId,
      long seq,
      long position,
      String type,
      List<String> tags,
      Metadata metadata,
      Instant time,
      E data) {
    return new RecordedEvent<>(streamId, seq, position, type, tags, metadata, time, data, null);
  }

  /** This as an event that was appended under an idempotency key. Nothing is checked. */
  public RecordedEvent<E> withIdempotencyKey(String key) {
    return new RecordedEvent<>(streamId, seq, position, type, tags, metadata, time, data, key);
  }

  /** The stream it belongs to. */
  public String streamId() {
    return streamId;
  }

  /** Its number in the stream, from 1 without holes. */
  public long seq() {
    return seq;
  }

  /** Its position in the whole journal, strictly increasing in the order of visibility. */
  public long position() {
    return position;
  }

  /** The type name that it is stored under, whatever the name of its class is now. */
  public String type() {
    return type;
  }

  /** Its tags, in the order given at the append. Unmodifiable. */
  public List<String> tags() {
    return tags;
  }

  /** Its metadata. */
  public Metadata metadata() {
    return metadata;
  }

  /** When it was recorded, to the millisecond. */
  public Instant time() {
    return time;
  }

  /** The event itself. */
  public E data() {
    return data;
  }

  /** The idempotency key of the append that recorded it, with all events of that append. */
  public Optional<String> idempotencyKey() {
    return Optional.ofNullable(idempotencyKey);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordedEvent<?> event
        && seq == event.seq
        && position == event.position
        && streamId.equals(event.streamId)
        && type.equals(event.type)
        && tags.equals(event.tags)
        && metadata.equals(event.metadata)
        && time.equals(event.time)
        && data.equals(event.data)
        && Objects.equals(idempotencyKey, event.idempotencyKey);
  }

  @Override
  public int hashCode() {
    return Objects.hash(streamId, seq, position);
  }

  @Override
  public String toString() {
    return "RecordedEvent[streamId=%s, seq=%s, position=%s, type=%s, tags=%s, metadata=%s, time=%s, data=%s%s]"
        .formatted(
            streamId,
            seq,
            position,
            type,
            tags,
            metadata,
            time,
            data,
            idempotencyKey == null ? "" : ", idempotencyKey=" + idempotencyKey);
  }
}
