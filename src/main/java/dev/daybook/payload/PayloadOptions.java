package dev.daybook.payload;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compression and encryption of written payloads, and the keys to read them with. Each row names
 * what it was written with: a compressed payload is read without an option, an encrypted one needs
 * its key.
 *
 * <p>Immutable; each option returns another one.
 */
public final class PayloadOptions {

  private static final PayloadOptions PLAIN = new PayloadOptions(Compression.NONE, null);

  private final Compression compression;
  private final @Nullable KeyRing keys;

  private PayloadOptions(Compression compression, @Nullable KeyRing keys) {
    Objects.requireNonNull(compression, "compression");
    this.compression = compression;
    this.keys = keys;
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

  /** How to compress; {@link Compression#NONE} by default. */
  public Compression compression() {
    return compression;
  }

  /** The keys to encrypt and decrypt with; {@code null}, the default, to write in the clear. */
  public Optional<KeyRing> keys() {
    return Optional.ofNullable(keys);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PayloadOptions that
        && compression.equals(that.compression)
        && Objects.equals(keys, that.keys);
  }

  @Override
  public int hashCode() {
    return Objects.hash(compression, keys);
  }

  @Override
  public String toString() {
    return "PayloadOptions[compression=%s, keys=%s]".formatted(compression, keys);
  }
}
