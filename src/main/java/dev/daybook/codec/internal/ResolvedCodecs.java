package dev.daybook.codec.internal;

import dev.daybook.codec.Codec;
import dev.daybook.codec.CodecException;
import dev.daybook.codec.Codecs;
import dev.daybook.codec.internal.StrictJson.Strictness;
import dev.daybook.error.InvalidInputException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The codecs of a journal by their names. */
public final class ResolvedCodecs {

  private final Codecs codecs;
  private final JacksonFormats formats;
  private final Map<String, Codec> own;
  private final Codec writing;
  private final ReadBack readBack;

  /**
   * @throws CodecException if the codec to write with is not there
   * @throws InvalidInputException if it is chosen what is done about unknown or missing fields, and
   *     the codec for JSON decides that itself
   */
  public ResolvedCodecs(Codecs codecs, JacksonFormats formats) {
    this.codecs = codecs;
    this.formats = formats;
    this.own = own(codecs);
    this.writing = reading(codecs.writes()).orElseThrow();
    this.readBack = formats.readBackOf(writing);
  }

  private static Map<String, Codec> own(Codecs codecs) {
    Codec json = codecs.own().get(Codecs.JSON);
    if (json == null) {
      return codecs.own();
    }
    Strictness strictness = JacksonFormats.strictness(codecs);
    Map<String, Codec> own = new HashMap<>(codecs.own());
    if (json instanceof StrictJson strict) {
      own.put(Codecs.JSON, strict.with(strictness));
    } else if (strictness.refusesUnknownFields() || strictness.toleratesMissingFields()) {
      throw new InvalidInputException(
          "%s decides itself about unknown and missing fields"
              .formatted(json.getClass().getName()));
    }
    return own;
  }

  /** The name of what new events are written with. */
  public String writes() {
    return codecs.writes();
  }

  /**
   * Makes sure that what is written of a class can be read, as far as that can be said without an
   * object. A custom codec is not asked.
   *
   * @throws InvalidInputException if it can't be
   */
  public void requireReadable(Class<?> type) {
    if (writing instanceof StrictJson strict) {
      strict.shapes().of(type);
    }
  }

  /**
   * An event's bytes, to be read back if need be.
   *
   * @throws IOException if it can't be written
   */
  public byte[] encode(Object event) throws IOException {
    return Objects.requireNonNull(writing.encode(event), "the codec returned null");
  }

  /** Whether events of a class are to be read back before they are stored. */
  public boolean needsReadingBack(Class<?> written) {
    return !readBack.isDone(written);
  }

  /**
   * Reads an event back.
   *
   * @param type what it is read as
   * @throws IOException if it can't be read, or is then not what was written
   */
  public void readBack(Object event, byte[] bytes, Class<?> type, int schemaVersion)
      throws IOException {
    readBack.require(writing, event, bytes, type, schemaVersion);
  }

  /**
   * Whether two objects are written alike, or are equal and would be but for the order of what has
   * none, such as the elements of a set. {@code equals} alone would not do: it may compare no more
   * than an id.
   *
   * @throws IOException if one can't be written
   */
  public boolean isSame(Object one, Object other) throws IOException {
    byte[] left = encode(one);
    byte[] right = encode(other);
    return Arrays.equals(left, right)
        || (one.equals(other)
            && (!(writing instanceof StrictJson strict)
                || SameTree.isSame(
                    strict.readTree(left), strict.readTree(right), strict.shapes().derived())));
  }

  /** These formats with other choices. */
  public ResolvedCodecs with(Codecs others) {
    return new ResolvedCodecs(others, formats);
  }

  /**
   * What reads events of a codec, if it is known.
   *
   * @throws CodecException if it is known and its library is missing
   */
  public Optional<Codec> reading(String name) {
    Codec found = own.get(name);
    return Optional.ofNullable(found == null ? formats.find(name, codecs) : found);
  }
}
