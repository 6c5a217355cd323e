package dev.daybook.payload;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is done to payloads when they are written, and the keys to read them with. Reading goes by
 * what each row names: a compression needs no option to be read, an encryption needs its key.
 *
 * @param compression how to compress; {@link Compression#NONE} by default
 * @param keys the keys to encrypt and decrypt with; {@code null}, the default, to write in the
 *     clear
 */
public record PayloadOptions(Compression compression, @Nullable KeyRing keys) {

  private static final PayloadOptions PLAIN = new PayloadOptions(Compression.NONE, null);

  public PayloadOptions {
    Objects.requireNonNull(compression, "compression");
  }

  /** Neither compressed nor encrypted. */
  public static PayloadOptions plain() {
    return PLAIN;
  }

  /** These with another compression. */
  public PayloadOptions compressed(Compression how) {
    return new PayloadOptions(how, keys);
  }

  /** These with encryption by the ring's active key. */
  public PayloadOptions encrypted(KeyRing ring) {
    return new PayloadOptions(compression, Objects.requireNonNull(ring, "ring"));
  }
}
