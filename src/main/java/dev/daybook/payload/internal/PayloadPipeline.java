package dev.daybook.payload.internal;

import dev.daybook.payload.Compression;
import dev.daybook.payload.KeyRing;
import dev.daybook.payload.PayloadException;
import dev.daybook.payload.PayloadOptions;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a payload after its codec: compression, then encryption; and back. They are two
 * steps, because encryption binds a payload to its sequence number, which is known last.
 */
public final class PayloadPipeline {

  private final Compression compression;
  private final @Nullable KeyRing keys;

  public PayloadPipeline(PayloadOptions options) {
    this.compression = options.compression();
    this.keys = options.keys().orElse(null);
  }

  /** Compresses, if the options say so. */
  public Payload compress(byte[] plain) {
    return new Payload(
        Compressors.compress(plain, compression), Compressors.columnValue(compression), null);
  }

  /** Whether {@link #encrypt} does anything. */
  public boolean encrypts() {
    return keys != null;
  }

  /** Encrypts, bound to where the payload belongs, if the options say so. */
  public Payload encrypt(Payload payload, PayloadBinding binding) {
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
    return Compressors.decompress(
        decrypt(payload, binding), Compressors.ofColumnValue(payload.compression()));
  }

  private byte[] decrypt(Payload payload, PayloadBinding binding) {
    String keyId = payload.keyId();
    return keyId == null
        ? payload.bytes()
        : Encryption.decrypt(payload.bytes(), keyId, keys, binding);
  }
}
