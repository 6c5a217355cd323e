package dev.daybook.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * A codec whose payloads are trees to Jackson, so that upcasters can work on them. JSON and CBOR
 * are such codecs.
 */
public interface TreeCodec extends Codec {

  /**
   * Reads a payload into a new tree.
   *
   * @throws IOException if the bytes are not a payload of this codec
   */
  JsonNode readTree(byte[] payload) throws IOException;

  /**
   * Makes an event of a tree.
   *
   * @throws IOException if the tree does not fit the class
   */
  <T> T fromTree(JsonNode tree, Class<T> type) throws IOException;
}
