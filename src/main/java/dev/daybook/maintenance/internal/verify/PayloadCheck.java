package dev.daybook.maintenance.internal.verify;

import dev.daybook.journal.EncodedEvent;
import dev.daybook.payload.PayloadException;
import dev.daybook.payload.PayloadOptions;
import dev.daybook.payload.internal.Payload;
import dev.daybook.payload.internal.PayloadBinding;
import dev.daybook.payload.internal.PayloadPipeline;
import org.jspecify.annotations.Nullable;

/** Reads a payload as far as possible without keys and classes. */
final class PayloadCheck {

  private static final PayloadPipeline PIPELINE = new PayloadPipeline(PayloadOptions.plain());

  /**
   * What came of it.
   *
   * @param encrypted whether it was not decrypted, because no key is known
   * @param flaw what is wrong with it, if something is
   */
  record Result(boolean encrypted, @Nullable String flaw) {}

  private PayloadCheck() {}

  static Result of(Payload payload, String codec, PayloadBinding binding) {
    if (payload.keyId() != null) {
      return new Result(true, null);
    }
    try {
      byte[] plain = PIPELINE.open(payload, binding);
      boolean json = codec.equals(EncodedEvent.JSON);
      return new Result(false, json ? JsonShapes.flaw(plain).orElse(null) : null);
    } catch (PayloadException e) {
      return new Result(false, e.getMessage());
    }
  }
}
