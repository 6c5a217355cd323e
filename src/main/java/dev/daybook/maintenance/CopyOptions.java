package dev.daybook.maintenance;

import java.util.Objects;

/**
 * How a copy is made.
 *
 * @param overwrite whether a file that is there is replaced; not by default
 * @param progress hears how far it has come; nobody by default
 */
public record CopyOptions(boolean overwrite, Progress progress) {

  private static final CopyOptions DEFAULTS = new CopyOptions(false, (step, done, total) -> {});

  public CopyOptions {
    Objects.requireNonNull(progress, "progress");
  }

  public static CopyOptions defaults() {
    return DEFAULTS;
  }

  public CopyOptions withOverwrite(boolean on) {
    return new CopyOptions(on, progress);
  }

  public CopyOptions withProgress(Progress listener) {
    return new CopyOptions(overwrite, listener);
  }
}
