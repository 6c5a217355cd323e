package dev.daybook.journal.internal.types;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daybook.codec.Codec;
import dev.daybook.codec.CodecException;
import dev.daybook.codec.Codecs;
import dev.daybook.codec.TreeCodec;
import dev.daybook.codec.internal.ResolvedCodecs;
import dev.daybook.error.EventDecodeException;
import dev.daybook.error.EventEncodeException;
import dev.daybook.internal.callback.Callbacks;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.Upcast;
import dev.daybook.payload.PayloadOptions;
import dev.daybook.payload.internal.Payload;
import dev.daybook.payload.internal.PayloadBinding;
import dev.daybook.payload.internal.PayloadPipeline;
import org.jspecify.annotations.Nullable;

/** Events of registered classes, by the codecs of a journal. */
public final class TypedEventCodec<E> implements EventCodec<E> {

  private final EventSchema<E> schema;
  private final ResolvedCodecs codecs;
  private final PayloadPipeline pipeline;

  private TypedEventCodec(EventSchema<E> schema, ResolvedCodecs codecs, PayloadPipeline pipeline) {
    this.schema = schema;
    this.codecs = codecs;
    this.pipeline = pipeline;
  }

  /**
   * A codec for events of these types.
   *
   * @throws dev.daybook.error.InvalidInputException if the upcasters don't fit together, or events
   *     of a class could be written and not be read
   */
  public static <E> TypedEventCodec<E> of(EventTypes<E> types, ResolvedCodecs codecs) {
    return of(new EventSchema<>(types), codecs, new PayloadPipeline(PayloadOptions.plain()));
  }

  private static <E> TypedEventCodec<E> of(
      EventSchema<E> schema, ResolvedCodecs codecs, PayloadPipeline pipeline) {
    schema.classes().forEach(codecs::requireReadable);
    return new TypedEventCodec<>(schema, codecs, pipeline);
  }

  @Override
  public EncodedEvent encode(E event) {
    TypeVersion current = schema.current(event);
    byte[] bytes;
    try {
      bytes = codecs.encode(event);
      if (codecs.needsReadingBack(event.getClass())) {
        codecs.readBack(event, bytes, schema.classOf(current), current.version());
      }
    } catch (Throwable e) {
      throw new EventEncodeException(current.type(), aboutTheEvent(e));
    }
    Payload payload = pipeline.compress(bytes);
    return encoded(current.type(), current.version(), codecs.writes(), payload);
  }

  @Override
  public EncodedEvent seal(EncodedEvent event, String streamId, long seq) {
    if (!pipeline.encrypts()) {
      return event;
    }
    Payload sealed = pipeline.encrypt(payload(event), binding(streamId, seq));
    return encoded(event.type(), event.schemaVersion(), event.codec(), sealed);
  }

  @Override
  public boolean needsPlace() {
    return pipeline.encrypts();
  }

  @Override
  public EventCodec<E> with(PayloadOptions options) {
    return new TypedEventCodec<>(schema, codecs, new PayloadPipeline(options));
  }

  @Override
  public EventCodec<E> with(Codecs others) {
    return of(schema, codecs.with(others), pipeline);
  }

  @Override
  public E decode(RecordedEvent<EncodedEvent> event) {
    Codec codec = codecOf(event);
    EventSchema.Plan<E> plan = planOf(event, codec);
    byte[] bytes = pipeline.open(payload(event.data()), binding(event.streamId(), event.seq()));
    E decoded;
    try {
      decoded =
          codec instanceof TreeCodec trees && !plan.steps().isEmpty()
              ? trees.fromTree(upcast(event, plan, trees.readTree(bytes)), plan.type())
              : codec.decode(bytes, plan.type(), event.data().schemaVersion());
    } catch (EventDecodeException e) {
      throw e;
    } catch (Throwable e) {
      throw failure(event, "the payload does not fit: " + Callbacks.message(e), aboutTheEvent(e));
    }
    if (decoded == null) {
      throw failure(event, "the payload is null", null);
    }
    return decoded;
  }

  /** What can't be written, or is not equal because its own code fails, is something else. */
  @Override
  public boolean isSame(E one, E other) {
    try {
      return schema.current(one).equals(schema.current(other)) && codecs.isSame(one, other);
    } catch (Throwable e) {
      Throwable ignored = aboutTheEvent(e);
      return false;
    }
  }

  private Codec codecOf(RecordedEvent<EncodedEvent> event) {
    String name = event.data().codec();
    try {
      return codecs
          .reading(name)
          .orElseThrow(() -> failure(event, "the codec \"" + name + "\" is unknown", null));
    } catch (CodecException e) {
      throw failure(event, String.valueOf(e.getMessage()), e);
    }
  }

  private EventSchema.Plan<E> planOf(RecordedEvent<EncodedEvent> event, Codec codec) {
    int version = event.data().schemaVersion();
    boolean tree = codec instanceof TreeCodec;
    EventSchema.Plan<E> plan = schema.plan(event.type(), version);
    if (plan == null && !tree) {
      plan = schema.planWithoutUpcasters(event.type(), version);
    }
    if (plan == null) {
      throw failure(event, schema.whyUnknown(event.type(), version), null);
    }
    if (!plan.steps().isEmpty() && !tree) {
      throw failure(
          event,
          "its schema version is %s, and the codec \"%s\" gives upcasters no tree to work on"
              .formatted(version, event.data().codec()),
          null);
    }
    return plan;
  }

  private static JsonNode upcast(
      RecordedEvent<EncodedEvent> event, EventSchema.Plan<?> plan, JsonNode stored) {
    if (isNothing(stored)) {
      throw failure(event, "the payload is null", null);
    }
    JsonNode tree = stored;
    for (Upcast step : plan.steps()) {
      try {
        tree = step.upcaster().upcast(tree);
      } catch (Throwable e) {
        throw failure(
            event,
            "the upcaster %s failed: %s".formatted(step, Callbacks.message(e)),
            aboutTheEvent(e));
      }
      if (isNothing(tree)) {
        throw failure(event, "the upcaster %s made null of it".formatted(step), null);
      }
    }
    return tree;
  }

  /**
   * What a codec or an upcaster has thrown, to be the cause of a failure.
   *
   * @throws VirtualMachineError if it is not about the event: when memory is short, for example. A
   *     stack that overflows does so for what is in the event.
   */
  private static Throwable aboutTheEvent(Throwable thrown) {
    if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
      throw error;
    }
    return Callbacks.showable(thrown);
  }

  private static boolean isNothing(@Nullable JsonNode tree) {
    return tree == null || tree.isNull() || tree.isMissingNode();
  }

  private static EncodedEvent encoded(
      String type, int schemaVersion, String codec, Payload payload) {
    return new EncodedEvent(
        type, schemaVersion, codec, payload.bytes(), payload.compression(), payload.keyId());
  }

  private static Payload payload(EncodedEvent event) {
    return new Payload(event.payload(), event.compression(), event.keyId());
  }

  private static PayloadBinding binding(String streamId, long seq) {
    return new PayloadBinding(PayloadBinding.Kind.EVENT, streamId, seq);
  }

  private static EventDecodeException failure(
      RecordedEvent<EncodedEvent> event, String problem, @Nullable Throwable cause) {
    return new EventDecodeException(event.streamId(), event.seq(), event.type(), problem, cause);
  }
}
