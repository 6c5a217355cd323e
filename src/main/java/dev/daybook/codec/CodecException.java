package dev.daybook.codec;

import dev.daybook.error.DaybookException;
import org.jspecify.annotations.Nullable;

/** A codec that comes with Daybook can't be used here, because its library is missing. */
public final class CodecException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public CodecException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
