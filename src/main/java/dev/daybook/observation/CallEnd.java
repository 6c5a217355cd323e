package dev.daybook.observation;

import dev.daybook.meta.Internal;
import java.util.Optional;

/**
 * How a read or a call of a handler has ended.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface CallEnd {

  /** What it threw; empty if it has succeeded. */
  Optional<Throwable> failure();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("internal.observation makes it")
  record CallEndValues(Optional<Throwable> failure) implements CallEnd {}
}
