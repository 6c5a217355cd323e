package dev.daybook.cli;

import dev.daybook.maintenance.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A line that is written over and over while a copy or a check goes on. */
final class StepBar implements Progress, AutoCloseable {

  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final @Nullable PrintStream err;
  private long drawn;

  private StepBar(@Nullable PrintStream err) {
    this.err = err;
  }

  /** One that is drawn if somebody watches. */
  static StepBar on(Terminal terminal) {
    return new StepBar(terminal.isWatched() ? terminal.err() : null);
  }

  @Override
  public void report(Step step, long done, long total) {
    draw(step, done, total);
  }

  /** Says how far a step has come. */
  void draw(Enum<?> step, long done, long total) {
    long now = System.nanoTime();
    if (err == null || (drawn != 0 && now - drawn < INTERVAL_NANOS)) {
      return;
    }
    drawn = now;
    err.print(
        "\r\u001B[K%s %s"
            .formatted(
                ProgressBar.bar(done, total),
                step.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    err.flush();
  }

  /** Leaves an empty line behind. */
  @Override
  public void close() {
    if (err != null && drawn != 0) {
      err.print("\r\u001B[K");
      err.flush();
    }
  }
}
