package dev.daybook.checkpoint;

import dev.daybook.error.DaybookException;

/**
 * A checkpoint was to be saved at a lower position than it has: another instance of the consumer
 * has saved a higher one. Nothing was written. {@link CheckpointStore#reset} moves a checkpoint
 * back.
 */
public final class CheckpointRewindException extends DaybookException {

  private static final long serialVersionUID = 1L;

  private final String consumer;
  private final long current;
  private final long asked;

  public CheckpointRewindException(String consumer, long current, long asked) {
    super(
        "checkpoint \"%s\" is at %s and can't be saved at %s".formatted(consumer, current, asked));
    this.consumer = consumer;
    this.current = current;
    this.asked = asked;
  }

  public String consumer() {
    return consumer;
  }

  /** Where the checkpoint is. */
  public long current() {
    return current;
  }

  /** Where it was to be saved. */
  public long asked() {
    return asked;
  }
}
