package dev.daybook.transfer;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a copy has come.
 *
 * @param copiedEvents how many events this run has copied
 * @param position the position up to which the source's events are in the target
 * @param eventsBehind how many events the source had behind that position when the run ended
 * @param rowsBehind how many other rows of the source differed from the target's when the run ended
 * @param content what is in the target, if it was compared with the source: both had the same at
 *     one moment, but for the mismatches. Empty if the source was being written too fast for that
 * @param mismatches the first {@value #MOST_MISMATCHES} things that were not the same
 * @param mismatchCount how many there are; beyond the first {@value #MOST_MISMATCHES} each row that
 *     differs counts
 */
public record TransferReport(
    long copiedEvents,
    long position,
    long eventsBehind,
    long rowsBehind,
    Optional<StoreContent> content,
    List<Mismatch> mismatches,
    long mismatchCount) {

  /** How many mismatches a report keeps. */
  public static final int MOST_MISMATCHES = 1_000;

  public TransferReport {
    Objects.requireNonNull(content, "content");
    mismatches = List.copyOf(mismatches);
  }

  /** Whether the source has gone on while it was copied. */
  public boolean isBehind() {
    return eventsBehind > 0 || rowsBehind > 0;
  }

  /** Whether the target was compared with the source and has all that the source had at the end. */
  public boolean isComplete() {
    return content.isPresent() && mismatchCount == 0 && !isBehind();
  }
}
