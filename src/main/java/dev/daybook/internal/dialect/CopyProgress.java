package dev.daybook.internal.dialect;

/** Hears how far a copy has come, in pages. */
@FunctionalInterface
public interface CopyProgress {
  void copied(long pages, long total);
}
