package dev.daybook.observation;

import dev.daybook.error.EventDecodeException;
import dev.daybook.meta.Internal;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An event that a handler is called with.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface HandledEvent {

  /** The stream it belongs to. */
  String streamId();

  /** Its number in the stream. */
  long seq();

  /** Its position in the journal. */
  long position();

  /** The type name that it is stored under. */
  String type();

  /**
   * Its metadata, by name. Unmodifiable.
   *
   * @throws EventDecodeException if what is stored can't be decoded
   */
  Map<String, String> metadata();

  /**
   * The values.
   *
   * @param entries the metadata, once it is asked for
   * @hidden
   */
  @Internal("subscription.internal makes it")
  record HandledEventValues(
      String streamId, long seq, long position, String type, Supplier<Map<String, String>> entries)
      implements HandledEvent {

    @Override
    public Map<String, String> metadata() {
      return entries.get();
    }
  }
}
