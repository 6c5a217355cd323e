package dev.daybook.codec;

import dev.daybook.InvalidInputException;
import dev.daybook.Limits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The codec that a journal writes with, and those that it reads with. JSON is always read, and CBOR
 * if its library is there, so a journal can go from one to the other at any event. Both use the
 * {@code ObjectMapper} of the Daybook. Immutable and safe to share.
 *
 * <p>CBOR is smaller than JSON and keeps binary data as it is. It needs {@code
 * com.fasterxml.jackson.dataformat:jackson-dataformat-cbor} on the class path, of the same version
 * as the other libraries of Jackson.
 *
 * <p>Fields that an event's class does not have are left out on reading, whatever the {@code
 * ObjectMapper} would do; {@link #refusingUnknownFields} refuses them. Either is about JSON and
 * CBOR: a codec of one's own does as it does.
 */
public final class Codecs {

  /** The name of the codec that writes UTF-8 JSON. */
  public static final String JSON = "json";

  /** The name of the codec that writes CBOR (RFC 8949). */
  public static final String CBOR = "cbor";

  private final String writing;
  private final Map<String, Codec> own;
  private final boolean refusing;

  private Codecs(String writing, Map<String, Codec> own, boolean refusing) {
    this.writing = writing;
    this.own = own;
    this.refusing = refusing;
  }

  /** Writes JSON, as a journal does if nothing else is said. */
  public static Codecs json() {
    return new Codecs(JSON, Map.of(), false);
  }

  /** Writes CBOR. */
  public static Codecs cbor() {
    return new Codecs(CBOR, Map.of(), false);
  }

  /**
   * Writes with a codec of one's own, and reads with it.
   *
   * @throws InvalidInputException if its name is none, or is that of JSON or CBOR
   */
  public static Codecs writing(Codec codec) {
    return new Codecs(codec.name(), Map.of(), false).reading(codec);
  }

  /**
   * These, reading with more codecs of one's own.
   *
   * @throws InvalidInputException if a codec's name is none or is taken
   */
  public Codecs reading(Codec... more) {
    Map<String, Codec> all = new LinkedHashMap<>(own);
    for (Codec codec : more) {
      String name = Limits.requireName("codec", codec.name());
      if (name.equals(JSON) || name.equals(CBOR) || all.containsKey(name)) {
        throw new InvalidInputException(
            "the codec name \"%s\" is taken; %s needs another one"
                .formatted(name, codec.getClass().getName()));
      }
      all.put(name, codec);
    }
    return new Codecs(writing, Collections.unmodifiableMap(all), refusing);
  }

  /** These, refusing an event with a field that its class does not have. */
  public Codecs refusingUnknownFields() {
    return new Codecs(writing, own, true);
  }

  /** The name of the codec that writes. */
  public String writes() {
    return writing;
  }

  /** The codecs besides JSON and CBOR, by their names. */
  public Map<String, Codec> own() {
    return own;
  }

  /** Whether an event with a field that its class does not have is refused. */
  public boolean refusesUnknownFields() {
    return refusing;
  }

  @Override
  public String toString() {
    return "Codecs[writes=%s, own=%s, %s unknown fields]"
        .formatted(writing, own.keySet(), refusing ? "refuses" : "tolerates");
  }
}
