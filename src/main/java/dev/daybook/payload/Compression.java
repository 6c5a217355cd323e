package dev.daybook.payload;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How payloads are compressed. */
public enum Compression {
  /** Not at all. */
  NONE,
  /** By gzip, which every Java platform has. */
  GZIP,
  /**
   * By Zstandard: smaller and faster; needs {@code com.github.luben:zstd-jni} on the class path.
   */
  ZSTD;

  /** The name in a row; empty for {@link #NONE}. */
  public Optional<String> columnValue() {
    return this == NONE ? Optional.empty() : Optional.of(name().toLowerCase(Locale.ROOT));
  }

  /**
   * Compresses bytes.
   *
   * @throws PayloadException if this compression is not available here
   */
  public byte[] compress(byte[] plain) {
    return Compressors.compress(plain, this);
  }

  /**
   * Brings back what {@link #compress} was given.
   *
   * @throws PayloadException if these bytes are not its output, or it is not available here
   */
  public byte[] decompress(byte[] compressed) {
    return Compressors.decompress(compressed, this);
  }

  /**
   * The compression that a row names.
   *
   * @throws PayloadException if it is one that this version does not know
   */
  public static Compression ofColumnValue(@Nullable String name) {
    if (name == null) {
      return NONE;
    }
    for (Compression compression : values()) {
      if (compression.columnValue().filter(name::equals).isPresent()) {
        return compression;
      }
    }
    throw new PayloadException("the compression \"%s\" is unknown".formatted(name));
  }
}
