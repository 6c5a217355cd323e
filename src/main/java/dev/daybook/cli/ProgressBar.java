package dev.daybook.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A line that is written over and over while an import goes on. */
final class ProgressBar implements Importer.Listener, AutoCloseable {

  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int WIDTH = 30;

  private final PrintStream err;
  private final long totalBytes;
  private final long start = System.nanoTime();
  private long drawn;

  /**
   * @param totalBytes how much there is to read; 0 if nobody knows
   */
  ProgressBar(PrintStream err, long totalBytes) {
    this.err = err;
    this.totalBytes = totalBytes;
  }

  @Override
  public void progress(Importer.Progress progress) {
    long now = System.nanoTime();
    if (drawn != 0 && now - drawn < INTERVAL_NANOS) {
      return;
    }
    drawn = now;
    double seconds = Math.max(1e-3, (now - start) / 1e9);
    err.print(
        String.format(
            Locale.ROOT,
            "\r%s %,d lines, %,.0f a second ",
            bar(progress.bytes(), totalBytes),
            progress.lines(),
            progress.lines() / seconds));
    err.flush();
  }

  /** Leaves an empty line behind. */
  @Override
  public void close() {
    if (drawn != 0) {
      err.print("\r\u001B[K");
      err.flush();
    }
  }

  /** The share that is done, drawn; empty if nobody knows how much there is. */
  static String bar(long done, long total) {
    if (total == 0) {
      return "";
    }
    double share = Math.min(1.0, (double) done / total);
    int full = (int) Math.round(share * WIDTH);
    return String.format(
        Locale.ROOT, "[%s%s] %3.0f %%", "#".repeat(full), " ".repeat(WIDTH - full), share * 100);
  }
}
