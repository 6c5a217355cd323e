package dev.daybook.internal.dialect;

/** Receives the progress of a copy, in pages. */
@FunctionalInterface
public interface CopyProgress {
  void copied(long pages, long total);
}
