package dev.daybook.maintenance;

import java.util.Objects;

/**
 * How a copy is made.
 *
 * <p>Immutable; each option returns another one.
 */
public final class CopyOptions {

  private static final CopyOptions DEFAULTS = new CopyOptions(false, (step, done, total) -> {});

  private final boolean overwrite;
  private final Progress progress;

  private CopyOptions(boolean overwrite, Progress progress) {
    Objects.requireNonNull(progress, "progress");
    this.overwrite = overwrite;
    this.progress = progress;
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

  /** Whether a file that is there is replaced; not by default. */
  public boolean overwrite() {
    return overwrite;
  }

  /** Receives the progress; by default nothing does. */
  public Progress progress() {
    return progress;
  }
}
