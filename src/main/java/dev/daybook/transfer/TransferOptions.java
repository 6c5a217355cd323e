package dev.daybook.transfer;

import java.util.Objects;

/**
 * How a store is copied.
 *
 * @param progress hears how far it has come; nobody by default
 */
public record TransferOptions(TransferProgress progress) {

  private static final TransferOptions DEFAULTS = new TransferOptions((step, done, total) -> {});

  public TransferOptions {
    Objects.requireNonNull(progress, "progress");
  }

  public static TransferOptions defaults() {
    return DEFAULTS;
  }

  public TransferOptions withProgress(TransferProgress listener) {
    return new TransferOptions(listener);
  }
}
