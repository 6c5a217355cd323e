package dev.daybook.transfer;

import dev.daybook.meta.Internal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The progress of a copy.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface TransferReport {

  /** How many events this run has copied. */
  long copiedEvents();

  /** The position up to which the source's events are in the target. */
  long position();

  /** How many events the source had after that position when the run ended. */
  long eventsBehind();

  /** How many other rows of the source differed from the target's when the run ended. */
  long rowsBehind();

  /**
   * What is in the target, if it was compared with the source: both had the same at one moment, but
   * for the mismatches. Empty if the source was being written too fast for that.
   */
  Optional<StoreContent> content();

  /** The first {@value #MOST_MISMATCHES} things that were not the same. */
  List<Mismatch> mismatches();

  /**
   * How many there are; beyond the first {@value #MOST_MISMATCHES} each row that differs counts.
   */
  long mismatchCount();

  /** How many mismatches a report keeps. */
  int MOST_MISMATCHES = 1_000;

  /** Whether the source was written while it was copied. */
  default boolean isBehind() {
    return eventsBehind() > 0 || rowsBehind() > 0;
  }

  /** Whether the target was compared with the source and has all that the source had at the end. */
  default boolean isComplete() {
    return content().isPresent() && mismatchCount() == 0 && !isBehind();
  }

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("transfer.internal makes it")
  record TransferReportValues(
      long copiedEvents,
      long position,
      long eventsBehind,
      long rowsBehind,
      Optional<StoreContent> content,
      List<Mismatch> mismatches,
      long mismatchCount)
      implements TransferReport {

    public TransferReportValues {
      Objects.requireNonNull(content, "content");
      mismatches = List.copyOf(mismatches);
    }
  }
}
