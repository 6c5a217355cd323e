package dev.daybook.payload.internal;

import dev.daybook.payload.Compression;
import dev.daybook.payload.KeyRing;
import dev.daybook.payload.PayloadException;
import dev.daybook.payload.PayloadOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a payload goes through behind its codec: compression, then encryption; and back. They are
 * two steps, because encryption binds a payload to its sequence number, which is known last.
 */
public final class PayloadPipeline {

  private final PayloadOptions options;

  public PayloadPipeline(PayloadOptions options) {
    this.options = options;
  }

  /** Compresses, if the options say so. */
  public Payload compress(byte[] plain) {
    Compression compression = options.compression();
    return new Payload(compression.compress(plain), compression.columnValue().orElse(null), null);
  }

  /** Whether {@link #encrypt} does anything. */
  public boolean encrypts() {
    return options.keys() != null;
  }

  /** Encrypts, bound to where the payload belongs, if the options say so. */
  public Payload encrypt(Payload payload, PayloadBinding binding) {
    KeyRing keys = options.keys();
    if (keys == null) {
      return payload;
    }
    byte[] bytes = Encryption.encrypt(payload.bytes(), keys, binding);
    return new Payload(bytes, payload.compression(), keys.activeId());
  }

  /**
   * Brings back what was stored.
   *
   * @throws PayloadException if the key is missing or wrong, the payload was changed or comes from
   *     another place, or its compression is not available
   */
  public byte[] open(Payload payload, PayloadBinding binding) {
    byte[] compressed = decrypt(payload, binding, options.keys());
    return Compression.ofColumnValue(payload.compression()).decompress(compressed);
  }

  private static byte[] decrypt(Payload payload, PayloadBinding binding, @Nullable KeyRing keys) {
    String keyId = payload.keyId();
    return keyId == null
        ? payload.bytes()
        : Encryption.decrypt(payload.bytes(), keyId, keys, binding);
  }
}
