package dev.daybook.transfer;

import java.util.Objects;

/**
 * How a store is copied.
 *
 * <p>Immutable; each option returns another one.
 */
public final class TransferOptions {

  private static final TransferOptions DEFAULTS = new TransferOptions((step, done, total) -> {});

  private final TransferProgress progress;

  private TransferOptions(TransferProgress progress) {
    Objects.requireNonNull(progress, "progress");
    this.progress = progress;
  }

  public static TransferOptions defaults() {
    return DEFAULTS;
  }

  public TransferOptions withProgress(TransferProgress listener) {
    return new TransferOptions(listener);
  }

  /** Receives the progress; by default nothing does. */
  public TransferProgress progress() {
    return progress;
  }
}
