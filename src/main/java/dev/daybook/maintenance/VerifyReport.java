package dev.daybook.maintenance;

import java.util.List;
import java.util.Map;

/**
 * What a check has found.
 *
 * @param findings the first {@value #MOST_FINDINGS} findings, in the order in which they were made
 * @param counts how many there are of each kind; no entry for none
 * @param events how many events were looked at
 * @param unopened how many encrypted payloads were not opened, because no journal with keys was
 *     given
 */
public record VerifyReport(
    List<Finding> findings, Map<Finding.Kind, Long> counts, long events, long unopened) {

  /** How many findings a report keeps; a listener hears of all. */
  public static final int MOST_FINDINGS = 1_000;

  public VerifyReport {
    findings = List.copyOf(findings);
    counts = Map.copyOf(counts);
  }

  /** Whether nothing was found at all. */
  public boolean isHealthy() {
    return counts.isEmpty();
  }

  /** Whether nothing worse than a warning was found. */
  public boolean isIntact() {
    return counts.keySet().stream().noneMatch(kind -> kind.severity() == Finding.Severity.ERROR);
  }

  /** How many findings there are. */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
