package dev.daybook.codec.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.daybook.codec.Codec;
import dev.daybook.codec.CodecException;
import dev.daybook.codec.Codecs;
import dev.daybook.codec.internal.StrictJson.Strictness;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** JSON and CBOR with the settings of one mapper, made once for all that use it. */
public final class JacksonFormats {

  /** What a record does by itself takes a new process 30 ms the first time. */
  private record Format(String name, Strictness strictness) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Format format
          && name.equals(format.name)
          && strictness.refusesUnknownFields() == format.strictness.refusesUnknownFields()
          && strictness.toleratesMissingFields() == format.strictness.toleratesMissingFields();
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  private final ObjectMapper mapper;
  private final Shapes shapes;
  private final StrictJson json;
  private final Map<Format, StrictJson> codecs = new ConcurrentHashMap<>();
  private final Map<Codec, ReadBack> readBacks = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * @param own a mapper that is used nowhere else, to be changed
   * @param other what maps JSON in its place; {@code null} if that does
   */
  public JacksonFormats(ObjectMapper own, @Nullable StrictJson other) {
    this.mapper = own;
    this.shapes = StrictMapping.of(own);
    this.json = other == null ? JacksonCodec.json(own, shapes) : other;
  }

  /** JSON as it is decoded where a cache is better missed than guessed: nothing may differ. */
  public StateCodec states() {
    return new StateCodec(codec(Codecs.JSON, new Strictness(true, false)), this);
  }

  /**
   * One of the two by its name; {@code null} for any other name.
   *
   * @throws CodecException if it is not there
   */
  @Nullable Codec find(String name, Codecs choices) {
    return name.equals(Codecs.JSON) || name.equals(Codecs.CBOR)
        ? codec(name, strictness(choices))
        : null;
  }

  /** What was read back of what a codec has written, however often the codec is asked for. */
  ReadBack readBackOf(Codec codec) {
    return readBacks.computeIfAbsent(codec, it -> new ReadBack());
  }

  static Strictness strictness(Codecs choices) {
    return new Strictness(choices.refusesUnknownFields(), choices.toleratesMissingFields());
  }

  private StrictJson codec(String name, Strictness strictness) {
    return codecs.computeIfAbsent(new Format(name, strictness), this::make);
  }

  private StrictJson make(Format format) {
    StrictJson base =
        format.name().equals(Codecs.CBOR)
            ? JacksonCodec.binary(format.name(), mapper, shapes, cbor(mapper))
            : json;
    return base.with(format.strictness());
  }

  private static JsonFactory cbor(ObjectMapper mapper) {
    try {
      return WithCbor.format(mapper);
    } catch (LinkageError e) {
      throw new CodecException(
          "CBOR needs com.fasterxml.jackson.dataformat:jackson-dataformat-cbor on the class path",
          e);
    }
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
