package dev.daybook.conformance;

import dev.daybook.codec.Codec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A codec of one's own: the leg of {@code Moved} as four bytes, and nothing else. */
class LegCodec implements Codec {

  static final String NAME = "leg";

  /** The versions that were asked for. */
  final List<Integer> versions = new ArrayList<>();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte[] encode(Object value) throws IOException {
    if (value instanceof ParcelEvent.Moved moved) {
      return ByteBuffer.allocate(Integer.BYTES).putInt(moved.leg()).array();
    }
    throw new IOException("no leg in " + value);
  }

  @Override
  public <T> T decode(byte[] payload, Class<T> type, int schemaVersion) {
    versions.add(schemaVersion);
    return type.cast(new ParcelEvent.Moved(ByteBuffer.wrap(payload).getInt()));
  }
}
