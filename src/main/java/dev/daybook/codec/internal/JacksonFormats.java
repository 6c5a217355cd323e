package dev.daybook.codec.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.daybook.codec.Codec;
import dev.daybook.codec.CodecException;
import dev.daybook.codec.Codecs;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** JSON and CBOR with the settings of one mapper, made once for all that use it. */
public final class JacksonFormats {

  private record Format(String name, JacksonCodec.Strictness strictness) {}

  private final ObjectMapper mapper;
  private final Shapes shapes;
  private final @Nullable JsonFactory cbor;
  private final @Nullable LinkageError noCbor;
  private final Map<Format, JacksonCodec> codecs = new ConcurrentHashMap<>();
  private final Map<Codec, ReadBack> readBacks = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * @param own a mapper that nobody else has, to be changed
   */
  public JacksonFormats(ObjectMapper own) {
    StrictMapping mapping = StrictMapping.of(own);
    this.mapper = own;
    this.shapes = new Shapes(mapping);
    JsonFactory found = null;
    LinkageError missing = null;
    try {
      found = WithCbor.format(own);
    } catch (LinkageError e) {
      missing = e;
    }
    this.cbor = found;
    this.noCbor = missing;
  }

  /** JSON as it is decoded where a cache is better missed than guessed: nothing may differ. */
  public StateCodec states() {
    return new StateCodec(codec(Codecs.JSON, new JacksonCodec.Strictness(true, false)), this);
  }

  /**
   * One of the two by its name; {@code null} for any other name.
   *
   * @throws CodecException if it is not there
   */
  @Nullable Codec find(String name, Codecs choices) {
    if (name.equals(Codecs.CBOR) && cbor == null) {
      throw new CodecException(
          "CBOR needs com.fasterxml.jackson.dataformat:jackson-dataformat-cbor on the class path",
          noCbor);
    }
    return name.equals(Codecs.JSON) || name.equals(Codecs.CBOR)
        ? codec(
            name,
            new JacksonCodec.Strictness(
                choices.refusesUnknownFields(), choices.toleratesMissingFields()))
        : null;
  }

  /** What was read back of what a codec has written, however often the codec is asked for. */
  ReadBack readBackOf(Codec codec) {
    return readBacks.computeIfAbsent(codec, it -> new ReadBack());
  }

  private JacksonCodec codec(String name, JacksonCodec.Strictness strictness) {
    return codecs.computeIfAbsent(new Format(name, strictness), this::make);
  }

  private JacksonCodec make(Format format) {
    return cbor != null && format.name().equals(Codecs.CBOR)
        ? JacksonCodec.binary(format.name(), mapper, shapes, format.strictness(), cbor)
        : JacksonCodec.json(mapper, shapes, format.strictness());
  }

  /** Apart, because the library is optional: this class is loaded only where it may fail. */
  private static final class WithCbor {

    private WithCbor() {}

    static JsonFactory format(ObjectMapper mapper) {
      CBORFactory cbor = new CBORFactory(mapper);
      cbor.setStreamReadConstraints(mapper.getFactory().streamReadConstraints());
      return cbor;
    }
  }
}
