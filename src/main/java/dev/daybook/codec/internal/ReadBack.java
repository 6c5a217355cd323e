package dev.daybook.codec.internal;

import dev.daybook.codec.Codec;
import dev.daybook.codec.Codecs;
import dev.daybook.codec.TreeCodec;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads what was written, before it is stored: the first object of each class, and every one of a
 * class in which anything can be.
 *
 * <p>What JSON and CBOR give back is written once more, and must be what it was. {@code equals}
 * would not do: it may be that of {@code Object}, or compare no more than an id. A custom codec may
 * write the same object in several ways, so it only has to decode what it has encoded.
 */
final class ReadBack {

  private final Set<Class<?>> done = ConcurrentHashMap.newKeySet();

  /** Whether nothing is left to be done for objects of a class. */
  boolean isDone(Class<?> written) {
    return done.contains(written);
  }

  /**
   * @param codec what has written it, always the same
   * @param type what to read it as
   * @throws IOException if it can't be read, or is then not what was written
   */
  void require(Codec codec, Object value, byte[] bytes, Class<?> type, int schemaVersion)
      throws IOException {
    Object read;
    try {
      read = codec.decode(bytes, type, schemaVersion);
    } catch (IOException | RuntimeException e) {
      throw new IOException("it could not be read back: " + e.getMessage(), e);
    }
    if (read == null) {
      throw new IOException("it would be read back as null");
    }
    if (codec instanceof StrictJson strict) {
      requireSame(strict, bytes, strict.encode(read), strict.shapes().derived());
      if (strict.shapes().of(type).isOpen()) {
        return;
      }
    } else if (codec instanceof TreeCodec json && json.name().equals(Codecs.JSON)) {
      requireSame(json, bytes, json.encode(read), Set.of());
    }
    done.add(value.getClass());
  }

  private static void requireSame(TreeCodec codec, byte[] bytes, byte[] again, Set<String> derived)
      throws IOException {
    if (!Arrays.equals(bytes, again)) {
      SameTree.require(codec.readTree(bytes), codec.readTree(again), derived);
    }
  }
}
