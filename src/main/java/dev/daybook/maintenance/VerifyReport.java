package dev.daybook.maintenance;

import dev.daybook.meta.Internal;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The result of a check.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface VerifyReport extends Serializable {

  /** The first {@value #MOST_FINDINGS} findings, in the order in which they were made. */
  List<Finding> findings();

  /** How many there are of each kind; no entry for none. */
  Map<Finding.Kind, Long> counts();

  /** How many events were checked. */
  long events();

  /** How many documents were checked. */
  long documents();

  /** How many encrypted payloads were not opened, because no journal with keys was given. */
  long unopened();

  /** How many findings a report keeps; {@link VerifyOptions#findings} receives all. */
  int MOST_FINDINGS = 1_000;

  /** Whether nothing was found at all. */
  default boolean isHealthy() {
    return counts().isEmpty();
  }

  /** Whether nothing worse than a warning was found. */
  default boolean isIntact() {
    return counts().keySet().stream().noneMatch(kind -> kind.severity() == Finding.Severity.ERROR);
  }

  /** How many findings there are. */
  default long total() {
    return counts().values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("maintenance.internal makes it")
  record VerifyReportValues(
      List<Finding> findings,
      Map<Finding.Kind, Long> counts,
      long events,
      long documents,
      long unopened)
      implements VerifyReport {

    public VerifyReportValues {
      findings = List.copyOf(findings);
      counts = Map.copyOf(counts);
    }
  }
}
