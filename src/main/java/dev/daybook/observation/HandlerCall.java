package dev.daybook.observation;

import dev.daybook.meta.Internal;
import java.util.List;

/**
 * A call of a subscription's handler.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface HandlerCall {

  /** The subscription's name. */
  String subscription();

  /** The events, in order: one, or those of a batch. Unmodifiable. */
  List<HandledEvent> events();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("subscription.internal makes it")
  record HandlerCallValues(String subscription, List<HandledEvent> events) implements HandlerCall {}
}
