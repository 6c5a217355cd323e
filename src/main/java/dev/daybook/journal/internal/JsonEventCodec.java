package dev.daybook.journal.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventDecodeException;
import dev.daybook.journal.EventEncodeException;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.payload.PayloadOptions;
import dev.daybook.payload.internal.Payload;
import dev.daybook.payload.internal.PayloadPipeline;
import dev.daybook.payload.internal.Place;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events of registered classes as JSON by Jackson. */
final class JsonEventCodec<E> implements EventCodec<E> {

  private final EventTypes<E> types;
  private final ObjectMapper mapper;
  private final PayloadPipeline pipeline;
  private final Map<String, ObjectReader> readers = new HashMap<>();

  JsonEventCodec(EventTypes<E> types, ObjectMapper mapper, PayloadOptions options) {
    this.types = types;
    this.mapper = mapper;
    this.pipeline = new PayloadPipeline(options);
    for (String name : types.names()) {
      types.classOf(name).ifPresent(type -> readers.put(name, mapper.readerFor(type)));
    }
  }

  @Override
  public EncodedEvent encode(E event) {
    String type = types.nameOf(event);
    try {
      Payload payload = pipeline.compress(mapper.writeValueAsBytes(event));
      return encoded(type, EncodedEvent.JSON, payload);
    } catch (JsonProcessingException e) {
      throw new EventEncodeException(type, e);
    }
  }

  @Override
  public EncodedEvent seal(EncodedEvent event, String streamId, long seq) {
    if (!pipeline.encrypts()) {
      return event;
    }
    Payload sealed = pipeline.encrypt(payload(event), place(streamId, seq));
    return encoded(event.type(), event.codec(), sealed);
  }

  @Override
  public EventCodec<E> with(PayloadOptions options) {
    return new JsonEventCodec<>(types, mapper, options);
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
      decoded =
          reader.readValue(
              pipeline.open(payload(event.data()), place(event.streamId(), event.seq())));
    } catch (IOException e) {
      throw failure(event, "the payload does not fit: " + e.getMessage(), e);
    }
    if (decoded == null) {
      throw failure(event, "the payload is null", null);
    }
    return decoded;
  }

  private static EncodedEvent encoded(String type, String codec, Payload payload) {
    return new EncodedEvent(type, codec, payload.bytes(), payload.compression(), payload.keyId());
  }

  private static Payload payload(EncodedEvent event) {
    return new Payload(event.payload(), event.compression(), event.keyId());
  }

  private static Place place(String streamId, long seq) {
    return new Place(Place.Kind.EVENT, streamId, seq);
  }

  private static EventDecodeException failure(
      RecordedEvent<EncodedEvent> event, String problem, @Nullable Throwable cause) {
    return new EventDecodeException(event.streamId(), event.seq(), event.type(), problem, cause);
  }
}
