package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/**
 * A stored event can't be turned into one of the journal's classes: its type, version or codec is
 * unknown here, an upcaster failed, or its payload does not fit. {@link
 * dev.daybook.journal.Journal#raw()} still reads it.
 */
public final class EventDecodeException extends DaybookException {

  private static final long serialVersionUID = 1L;

  private final String streamId;
  private final long seq;
  private final String type;

  public EventDecodeException(
      String streamId, long seq, String type, String problem, @Nullable Throwable cause) {
    super("event %s of stream \"%s\" (%s): %s".formatted(seq, streamId, type, problem), cause);
    this.streamId = streamId;
    this.seq = seq;
    this.type = type;
  }

  public String streamId() {
    return streamId;
  }

  public long seq() {
    return seq;
  }

  /** The event's type name, as it is stored. */
  public String type() {
    return type;
  }
}
