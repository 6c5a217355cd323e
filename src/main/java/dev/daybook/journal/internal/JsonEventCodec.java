package dev.daybook.journal.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventDecodeException;
import dev.daybook.journal.EventEncodeException;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.RecordedEvent;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events of registered classes as JSON by Jackson. */
final class JsonEventCodec<E> implements EventCodec<E> {

  private final EventTypes<E> types;
  private final ObjectMapper mapper;
  private final Map<String, ObjectReader> readers = new HashMap<>();

  JsonEventCodec(EventTypes<E> types, ObjectMapper mapper) {
    this.types = types;
    this.mapper = mapper;
    for (String name : types.names()) {
      types.classOf(name).ifPresent(type -> readers.put(name, mapper.readerFor(type)));
    }
  }

  @Override
  public EncodedEvent encode(E event) {
    String type = types.nameOf(event);
    try {
      return new EncodedEvent(type, EncodedEvent.JSON, mapper.writeValueAsBytes(event));
    } catch (JsonProcessingException e) {
      throw new EventEncodeException(type, e);
    }
  }

  @Override
  public E decode(RecordedEvent<EncodedEvent> event) {
    ObjectReader reader = readers.get(event.type());
    if (reader == null) {
      throw failure(event, "the type is not among " + types.names(), null);
    }
    if (!event.data().codec().equals(EncodedEvent.JSON)) {
      throw failure(event, "the codec \"" + event.data().codec() + "\" is unknown", null);
    }
    E decoded;
    try {
      decoded = reader.readValue(event.data().payload());
    } catch (IOException e) {
      throw failure(event, "the payload does not fit: " + e.getMessage(), e);
    }
    if (decoded == null) {
      throw failure(event, "the payload is null", null);
    }
    return decoded;
  }

  private static EventDecodeException failure(
      RecordedEvent<EncodedEvent> event, String problem, @Nullable Throwable cause) {
    return new EventDecodeException(event.streamId(), event.seq(), event.type(), problem, cause);
  }
}
