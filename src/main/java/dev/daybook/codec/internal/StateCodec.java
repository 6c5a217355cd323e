package dev.daybook.codec.internal;

import java.io.IOException;

/** States of streams as JSON. */
public final class StateCodec {

  private final StrictJson json;
  private final ReadBack readBack;

  StateCodec(StrictJson json, JacksonFormats formats) {
    this.json = json;
    this.readBack = formats.readBackOf(json);
  }

  /** The name that is stored. */
  public String name() {
    return json.name();
  }

  /**
   * The shape of a class.
   *
   * @throws dev.daybook.error.InvalidInputException if its states could be written and not be read
   */
  public ClassShape shapeOf(Class<?> type) {
    return json.shapes().of(type);
  }

  /**
   * A state's bytes, which can be read back.
   *
   * @param type what it is read as
   * @throws IOException if it can't be written, or not be read back
   */
  public byte[] encode(Object state, Class<?> type) throws IOException {
    byte[] bytes = json.encode(state);
    if (!readBack.isDone(state.getClass())) {
      readBack.require(json, state, bytes, type, 1);
    }
    return bytes;
  }

  /**
   * Reads a state.
   *
   * @throws IOException if the bytes are not a state of the class, or have other properties
   */
  public <T> T decode(byte[] bytes, Class<T> type) throws IOException {
    return json.decode(bytes, type, 1);
  }
}
