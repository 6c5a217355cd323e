package dev.daybook.journal.internal;

import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;

/**
 * Between the events of an application and what is stored. Safe for several threads.
 *
 * @param <E> the type of the events
 */
interface EventCodec<E> {

  EncodedEvent encode(E event);

  E decode(RecordedEvent<EncodedEvent> event);

  /** Leaves everything as it is. */
  EventCodec<EncodedEvent> NONE =
      new EventCodec<>() {
        @Override
        public EncodedEvent encode(EncodedEvent event) {
          return event;
        }

        @Override
        public EncodedEvent decode(RecordedEvent<EncodedEvent> event) {
          return event.data();
        }
      };
}
