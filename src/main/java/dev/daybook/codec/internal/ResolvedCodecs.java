package dev.daybook.codec.internal;

import dev.daybook.codec.Codec;
import dev.daybook.codec.CodecException;
import dev.daybook.codec.Codecs;
import java.util.Optional;

/** The codecs of a journal by their names. */
public final class ResolvedCodecs {

  private final Codecs codecs;
  private final JacksonFormats formats;
  private final Codec writing;

  /**
   * @throws CodecException if the codec to write with is not there
   */
  public ResolvedCodecs(Codecs codecs, JacksonFormats formats) {
    this.codecs = codecs;
    this.formats = formats;
    this.writing = reading(codecs.writes()).orElseThrow();
  }

  /** The name of what new events are written with. */
  public String writes() {
    return codecs.writes();
  }

  /** What new events are written with. */
  public Codec writing() {
    return writing;
  }

  /** These formats with other choices. */
  public ResolvedCodecs with(Codecs others) {
    return new ResolvedCodecs(others, formats);
  }

  /**
   * What reads events of a codec, if it is known.
   *
   * @throws CodecException if it is known and not there
   */
  public Optional<Codec> reading(String name) {
    Codec own = codecs.own().get(name);
    return Optional.ofNullable(
        own == null ? formats.find(name, codecs.refusesUnknownFields()) : own);
  }
}
