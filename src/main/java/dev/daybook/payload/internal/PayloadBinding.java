package dev.daybook.payload.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The place of a payload. Encryption binds the payload to it, so that it can't be passed off as
 * another.
 *
 * @param kind what kind of thing it is
 * @param streamId its stream
 * @param seq its sequence number
 */
public record PayloadBinding(Kind kind, String streamId, long seq) {

  /** What payloads belong to. The codes are part of the format. */
  public enum Kind {
    EVENT((byte) 0),
    SNAPSHOT((byte) 1);

    private final byte code;

    Kind(byte code) {
      this.code = code;
    }
  }

  /** The binding as bytes: no two bindings have the same. */
  byte[] bytes() {
    byte[] stream = streamId.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + Long.BYTES + stream.length)
        .put(kind.code)
        .putLong(seq)
        .put(stream)
        .array();
  }

  @Override
  public String toString() {
    return "%s %s of stream \"%s\""
        .formatted(kind == Kind.EVENT ? "event" : "snapshot", seq, streamId);
  }
}
