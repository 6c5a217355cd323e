package dev.daybook.codec;

import java.io.IOException;

/**
 * Turns events into bytes and back, for a custom format such as Protobuf or Avro. Must be safe for
 * several threads. An exception that it throws, checked or not, reaches the caller of the journal
 * as {@code EventEncodeException} or {@code EventDecodeException}.
 */
public interface Codec {

  /**
   * The name that is stored in each row that this codec has written, and by which it is found when
   * the row is read. A valid name by {@link dev.daybook.settings.Limits}, and always the same.
   */
  String name();

  /**
   * The bytes of an event, as they are at the type's current schema version. The array is the
   * journal's from then on.
   *
   * @throws IOException if the event can't be written
   */
  byte[] encode(Object value) throws IOException;

  /**
   * Brings an event back.
   *
   * @param payload what an {@link #encode} with this codec's name has returned, perhaps of an older
   *     version of the application; not to be changed
   * @param type the class registered for the event's type
   * @param schemaVersion the version that the event was stored with; older than the type's current
   *     one only if no upcasters are registered for it
   * @throws IOException if the bytes are not such an event
   */
  <T> T decode(byte[] payload, Class<T> type, int schemaVersion) throws IOException;
}
