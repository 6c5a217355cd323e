package dev.daybook.journal.internal.types;

import dev.daybook.codec.Codecs;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.payload.PayloadOptions;

/**
 * Between the events of an application and what is stored. Safe for several threads.
 *
 * @param <E> the type of the events
 */
public interface EventCodec<E> {

  /** Turns an event into what is stored, but for what depends on its place. */
  EncodedEvent encode(E event);

  /** What is left to do once the event has its sequence number. */
  EncodedEvent seal(EncodedEvent encoded, String streamId, long seq);

  /** Whether {@link #seal} makes something else of it. */
  boolean needsPlace();

  /** The same codec with other compression and encryption. */
  EventCodec<E> with(PayloadOptions options);

  /** The same codec with other formats. */
  EventCodec<E> with(Codecs codecs);

  E decode(RecordedEvent<EncodedEvent> event);

  /** Whether two events say the same. */
  boolean isSame(E one, E other);

  /** A recorded event with its data decoded. */
  default RecordedEvent<E> decoded(RecordedEvent<EncodedEvent> event) {
    RecordedEvent<E> decoded =
        RecordedEvent.of(
            event.streamId(),
            event.seq(),
            event.position(),
            event.type(),
            event.tags(),
            event.metadata(),
            event.time(),
            decode(event));
    return event.idempotencyKey().map(decoded::withIdempotencyKey).orElse(decoded);
  }

  /** Leaves everything as it is. */
  EventCodec<EncodedEvent> NONE =
      new EventCodec<>() {
        @Override
        public EncodedEvent encode(EncodedEvent event) {
          return event;
        }

        @Override
        public EncodedEvent seal(EncodedEvent encoded, String streamId, long seq) {
          return encoded;
        }

        @Override
        public boolean needsPlace() {
          return false;
        }

        @Override
        public EventCodec<EncodedEvent> with(PayloadOptions options) {
          throw new InvalidInputException(
              "a raw journal stores payloads as they are given; it can't compress or encrypt them");
        }

        @Override
        public EventCodec<EncodedEvent> with(Codecs codecs) {
          throw new InvalidInputException(
              "a raw journal stores payloads as they are given; it has no codec");
        }

        @Override
        public EncodedEvent decode(RecordedEvent<EncodedEvent> event) {
          return event.data();
        }

        @Override
        public boolean isSame(EncodedEvent one, EncodedEvent other) {
          return one.equals(other);
        }
      };
}
