package dev.daybook.transfer;

import dev.daybook.error.DaybookException;
import java.util.Objects;

/** A store is not copied, or the copy has ended early. The target stays as it is. */
public final class TransferException extends DaybookException {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** The target has content, and no copy has begun there. Nothing was written. */
    TARGET_NOT_EMPTY,
    /**
     * The target was made by a copy, and something else has changed it since or during the copy.
     *
     * <p>If it had been complete, nothing was written.
     */
    TARGET_CHANGED,
    /** The target was begun by a copy of another store. Nothing was written. */
    OTHER_SOURCE,
    /** The source is itself the unfinished copy of another store. Nothing was written. */
    SOURCE_UNFINISHED,
    /** Another copy to the same target has begun after this one, and this one has ended. */
    TAKEN_OVER
  }

  private final Reason reason;

  public TransferException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  public Reason reason() {
    return reason;
  }
}
