package dev.daybook.codec.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.daybook.codec.Codec;
import dev.daybook.codec.CodecException;
import dev.daybook.codec.Codecs;
import org.jspecify.annotations.Nullable;

/** JSON and CBOR with the settings of one mapper, made once for all journals that use it. */
public final class JacksonFormats {

  /** CBOR is null if its library is not there. */
  private record Pair(Codec json, @Nullable Codec cbor) {}

  private final Pair tolerating;
  private final Pair refusing;
  private final @Nullable LinkageError noCbor;

  public JacksonFormats(ObjectMapper mapper) {
    JsonFactory cbor = null;
    LinkageError missing = null;
    try {
      cbor = WithCbor.format(mapper);
    } catch (LinkageError e) {
      missing = e;
    }
    this.noCbor = missing;
    this.tolerating = pair(mapper, cbor, false);
    this.refusing = pair(mapper, cbor, true);
  }

  /**
   * One of the two by its name; {@code null} for any other name.
   *
   * @throws CodecException if it is not there
   */
  @Nullable Codec find(String name, boolean refusesUnknownFields) {
    Pair pair = refusesUnknownFields ? refusing : tolerating;
    if (name.equals(Codecs.CBOR) && pair.cbor() == null) {
      throw new CodecException(
          "CBOR needs com.fasterxml.jackson.dataformat:jackson-dataformat-cbor on the class path",
          noCbor);
    }
    return switch (name) {
      case Codecs.JSON -> pair.json();
      case Codecs.CBOR -> pair.cbor();
      default -> null;
    };
  }

  private static Pair pair(ObjectMapper mapper, @Nullable JsonFactory cbor, boolean refusing) {
    return new Pair(
        JacksonCodec.json(mapper, refusing),
        cbor == null ? null : JacksonCodec.binary(Codecs.CBOR, mapper, refusing, cbor));
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
