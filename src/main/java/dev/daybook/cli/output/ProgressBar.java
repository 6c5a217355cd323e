package dev.daybook.cli.output;

import dev.daybook.maintenance.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A line on a terminal that is written over and over while a command works. */
public final class ProgressBar implements Progress, AutoCloseable {

  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final String ERASED = "\r\u001B[K";
  private static final int WIDTH = 30;

  private final @Nullable PrintStream err;
  private final long start = System.nanoTime();
  private long drawn;

  private ProgressBar(@Nullable PrintStream err) {
    this.err = err;
  }

  /** A bar that is drawn if standard error is a terminal. */
  public static ProgressBar on(Terminal terminal) {
    return new ProgressBar(terminal.isTerminal(Terminal.Stream.ERR) ? terminal.err() : null);
  }

  @Override
  public void report(Step step, long done, long total) {
    draw(step, done, total);
  }

  /** Shows the progress of a step. */
  public void draw(Enum<?> step, long done, long total) {
    if (isDue()) {
      draw(bar(done, total), text(step, done, total));
    }
  }

  /** Of a step whose end is unknown, how much of it is done, once that is known. */
  static String text(Enum<?> step, long done, long total) {
    String name = step.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    if (total > 0) {
      return name;
    }
    return done > 1 ? String.format(Locale.ROOT, "%s … %,d", name, done) : name + " …";
  }

  /**
   * Shows how many lines of a file are done, how many bytes a second, and how long the rest takes.
   *
   * @param bytes that were read
   * @param totalBytes how much there is to read; 0 if unknown
   */
  public void drawLines(long lines, long bytes, long totalBytes) {
    if (isDue()) {
      double rate = bytes / Math.max(1e-3, (drawn - start) / 1e9);
      draw(bar(bytes, totalBytes), rate(lines, bytes, totalBytes, rate));
    }
  }

  static String rate(long lines, long bytes, long totalBytes, double rate) {
    String text =
        String.format(
            Locale.ROOT,
            "%,d %s, %,.1f MB, %,.1f MB a second",
            lines,
            lines == 1 ? "line" : "lines",
            bytes / 1e6,
            rate / 1e6);
    if (totalBytes == 0 || rate == 0) {
      return text;
    }
    long left = (long) Math.ceil(Math.max(0, totalBytes - bytes) / rate);
    return String.format(Locale.ROOT, "%s, %d:%02d left", text, left / 60, left % 60);
  }

  private boolean isDue() {
    long now = System.nanoTime();
    if (err == null || (drawn != 0 && now - drawn < INTERVAL_NANOS)) {
      return false;
    }
    drawn = now;
    return true;
  }

  private void draw(String bar, String text) {
    if (err != null) {
      err.print(ERASED + bar + text);
      err.flush();
    }
  }

  /** Leaves an empty line. */
  @Override
  public void close() {
    if (err != null && drawn != 0) {
      err.print(ERASED);
      err.flush();
    }
  }

  /** The drawn share that is done; empty if the total is unknown. */
  private static String bar(long done, long total) {
    if (total == 0) {
      return "";
    }
    double share = Math.min(1.0, (double) done / total);
    int full = (int) Math.round(share * WIDTH);
    return String.format(
        Locale.ROOT, "[%s%s] %3.0f %% ", "#".repeat(full), " ".repeat(WIDTH - full), share * 100);
  }
}
