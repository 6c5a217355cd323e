package dev.daybook.benchmark;

import java.util.List;
import java.util.function.Consumer;

/**
 * What all sides can do, each in its own way. What is read goes to a sink, one object an event or
 * entry; the results are counts and numbers by which the answers of all sides are compared before
 * anything is measured. For one thread.
 */
public interface Caller extends AutoCloseable {

  /**
   * Appends events to a stream that must be at a sequence number.
   *
   * @return the position of the last
   */
  long append(String streamId, long expectedSeq, List<Fact> facts) throws Exception;

  /** Appends one event, which is given as an object, in the same way. */
  default long appendTyped(String streamId, long expectedSeq, Deposited event) throws Exception {
    return append(streamId, expectedSeq, List.of(Fact.of(event)));
  }

  /**
   * Appends events and moves the checkpoint of a projection to them, in one transaction. It does
   * nothing else with them.
   *
   * @return the position of the last
   */
  long appendInline(String streamId, long expectedSeq, List<Fact> facts) throws Exception;

  /** Reads a stream from its beginning, payloads as bytes. */
  long read(String streamId, Consumer<Object> sink) throws Exception;

  /** Reads a stream from its beginning, payloads as objects. */
  long readDecoded(String streamId, Consumer<Object> sink) throws Exception;

  /** Reads the whole journal, payloads as bytes. */
  long replay(Consumer<Object> sink) throws Exception;

  /** Reads the events that carry a tag, payloads as bytes. */
  long readTagged(String tag, Consumer<Object> sink) throws Exception;

  List<String> streamIds(String prefix) throws Exception;

  List<String> documentIds(String prefix) throws Exception;

  /** Saves a snapshot and leaves the three newest of its stream. */
  long saveSnapshot(String streamId, long seq, Balance state) throws Exception;

  /**
   * Loads the newest snapshot.
   *
   * @return its sequence number
   */
  long loadSnapshot(String streamId, Consumer<Object> sink) throws Exception;

  long appendEntry(String documentId, String json, String version) throws Exception;

  /** Reads a document with all its entries. */
  long loadDocument(String documentId, Consumer<Object> sink) throws Exception;

  long saveCheckpoint(String consumer, long position) throws Exception;

  @Override
  void close() throws Exception;
}
