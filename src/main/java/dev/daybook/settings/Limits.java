package dev.daybook.settings;

/**
 * The limits of what Daybook accepts. Every name is 1 to {@link #MAX_NAME_LENGTH} UTF-16 characters
 * long, without control characters (U+0000–U+001F, U+007F–U+009F) and without unpaired surrogates,
 * which no database could store. All other Unicode is kept as it is: nothing is trimmed, folded or
 * normalised. Input that breaks a rule is refused with an {@link
 * dev.daybook.error.InvalidInputException} before anything is written.
 */
public final class Limits {

  /**
   * The longest stream id, event type, tag, idempotency key or metadata key, in UTF-16 characters.
   */
  public static final int MAX_NAME_LENGTH = 255;

  /** The most tags of one event, and the most tags or event types in one query's filter. */
  public static final int MAX_TAGS = 100;

  /** The most metadata entries of one event. */
  public static final int MAX_METADATA_ENTRIES = 100;

  /** The longest metadata value, in UTF-16 characters. */
  public static final int MAX_METADATA_VALUE_LENGTH = 8_192;

  /** The most events in one atomic append, over all its streams. */
  public static final int MAX_EVENTS_PER_APPEND = 100_000;

  /** The longest reason of a tombstone, in UTF-16 characters. */
  public static final int MAX_REASON_LENGTH = 1_000;

  /** The longest version and the longest lineage of a document's entry, in UTF-16 characters. */
  public static final int MAX_VERSION_LENGTH = 65_536;

  /**
   * The most levels of arrays and objects in what is written for an event or a state of a class, as
   * JSON or CBOR, unless the application has its own mapper, which has its own limits. Deeper ones
   * are refused with an {@link dev.daybook.error.EventEncodeException} or a {@link
   * dev.daybook.snapshot.SnapshotEncodeException}. Each level takes some of the thread's stack; if
   * that is too small, the exception has a {@link StackOverflowError} as its cause. The data of an
   * event without a class, and of a document's record, are stored as they are and not parsed; but
   * the command line takes and prints JSON with so many levels, in at most 32 MiB. The library
   * limits no size: what the database and the memory have room for can be stored and read.
   */
  public static final int MAX_JSON_NESTING = 1_000;

  private Limits() {}
}
