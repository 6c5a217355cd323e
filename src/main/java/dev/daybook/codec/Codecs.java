package dev.daybook.codec;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.input.InputRules;
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
 * <p>Independently of the {@code ObjectMapper}:
 *
 * <ul>
 *   <li><b>Unknown fields</b>, which an event's class does not have, are left out on reading;
 *       {@link #refusingUnknownFields} refuses them. Properties that a class derives from its
 *       state, such as {@code isEmpty()}, may be written, and are left out on reading in either
 *       case.
 *   <li><b>Missing fields</b>, which a stored event does not have, are refused; {@link
 *       #toleratingMissingFields} reads them as {@code null}, 0 or {@code false}. A field may be
 *       missing if its type is {@code Optional} or one of its like, if any annotation that is
 *       called {@code Nullable} and kept until run time stands at it or its type, if {@code
 *       JsonProperty.defaultValue} or a class made without arguments gives it a value, or if the
 *       mapper leaves it out for some values, such as {@code null}. Of a class whose constructor
 *       takes some of its fields, only those are asked for.
 *   <li><b>Numbers without a type</b>, in a {@code JsonNode}, an {@code Object}, a {@code Number}
 *       or a map of them, keep all their digits: JSON gives a {@link java.math.BigDecimal} for one
 *       with a point or an exponent.
 *   <li><b>What is written is read back</b> before it is stored: the first event of each class, and
 *       every one of a class in which anything can be, such as an {@code Object}, a {@code Number},
 *       or a type whose subclasses can't be listed. It is then written once more, and both must be
 *       equal, except for the order of arrays. An {@code Object} is read as the type that JSON has
 *       for it: text, number, list or map.
 * </ul>
 *
 * <p>All this is about JSON and CBOR. A custom codec decides for itself. Daybook checks only that
 * it decodes what it has encoded, once for each class.
 */
public final class Codecs {

  /** The name of the codec that writes UTF-8 JSON. */
  public static final String JSON = "json";

  /** The name of the codec that writes CBOR (RFC 8949). */
  public static final String CBOR = "cbor";

  private final String writing;
  private final Map<String, Codec> own;
  private final boolean refusing;
  private final boolean tolerating;

  private Codecs(String writing, Map<String, Codec> own, boolean refusing, boolean tolerating) {
    this.writing = writing;
    this.own = own;
    this.refusing = refusing;
    this.tolerating = tolerating;
  }

  /**
   * Writes JSON, as a journal does if nothing else is said: by what {@link
   * dev.daybook.DaybookBuilder#json(TreeCodec)} was given, or by the mapper of the Daybook.
   */
  public static Codecs json() {
    return new Codecs(JSON, Map.of(), false, false);
  }

  /**
   * Writes and reads JSON by another library, in place of the Daybook's, such as {@code
   * dev.daybook.codec.jackson3.Jackson3Json}, which keeps all that is said here. What a custom one
   * writes must be JSON, and it must read what others have written as such. It decides itself about
   * unknown and missing fields. The first event of each class is read back, and must be the same.
   *
   * @throws InvalidInputException if its name is not {@value #JSON}
   */
  public static Codecs json(TreeCodec codec) {
    if (!codec.name().equals(JSON)) {
      throw new InvalidInputException(
          "the codec %s has the name \"%s\"; expected \"%s\""
              .formatted(codec.getClass().getName(), codec.name(), JSON));
    }
    return new Codecs(JSON, Map.of(JSON, codec), false, false);
  }

  /** Writes CBOR. */
  public static Codecs cbor() {
    return new Codecs(CBOR, Map.of(), false, false);
  }

  /**
   * Writes and reads with a custom codec.
   *
   * @throws InvalidInputException if its name is not valid, or is that of JSON or CBOR
   */
  public static Codecs writing(Codec codec) {
    return new Codecs(codec.name(), Map.of(), false, false).reading(codec);
  }

  /**
   * These, reading with more custom codecs.
   *
   * @throws InvalidInputException if a codec's name is not valid or is taken
   */
  public Codecs reading(Codec... more) {
    Map<String, Codec> all = new LinkedHashMap<>(own);
    for (Codec codec : more) {
      String name = InputRules.requireName("codec", codec.name());
      if (name.equals(JSON) || name.equals(CBOR) || all.containsKey(name)) {
        throw new InvalidInputException(
            "the codec name \"%s\" is taken; %s needs another one"
                .formatted(name, codec.getClass().getName()));
      }
      all.put(name, codec);
    }
    return new Codecs(writing, Collections.unmodifiableMap(all), refusing, tolerating);
  }

  /**
   * These, refusing an event with a field that its class does not have. A custom codec for JSON
   * decides that itself, and a journal refuses these with it.
   */
  public Codecs refusingUnknownFields() {
    return new Codecs(writing, own, true, tolerating);
  }

  /**
   * These, reading a field that is missing as {@code null}, 0 or {@code false}. A custom codec for
   * JSON decides that itself, and a journal refuses these with it.
   */
  public Codecs toleratingMissingFields() {
    return new Codecs(writing, own, refusing, true);
  }

  /** The name of the codec that writes. */
  public String writes() {
    return writing;
  }

  /** The codecs besides Daybook's own JSON and CBOR, by their names. */
  public Map<String, Codec> own() {
    return own;
  }

  /** Whether an event with a field that its class does not have is refused. */
  public boolean refusesUnknownFields() {
    return refusing;
  }

  /** Whether a field that is missing is read as {@code null}, 0 or {@code false}. */
  public boolean toleratesMissingFields() {
    return tolerating;
  }

  @Override
  public String toString() {
    return "Codecs[writes=%s, own=%s, %s unknown fields, %s missing fields]"
        .formatted(
            writing,
            own.keySet(),
            refusing ? "refuses" : "tolerates",
            tolerating ? "tolerates" : "refuses");
  }
}
