package dev.daybook.maintenance.internal.verify;

import dev.daybook.maintenance.Finding;
import dev.daybook.maintenance.VerifyReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What has been found so far: the first ones, and how many there are. */
final class Findings {

  private final Consumer<Finding> listener;
  private final List<Finding> first = new ArrayList<>();
  private final Map<Finding.Kind, Long> counts = new EnumMap<>(Finding.Kind.class);
  private long events;
  private long documents;
  private long unopened;

  Findings(Consumer<Finding> listener) {
    this.listener = listener;
  }

  /** Adds one about the file. */
  void add(Finding.Kind kind, String text) {
    add(kind, null, 0, text);
  }

  void add(Finding.Kind kind, @Nullable String id, long seq, String text) {
    Finding finding = new Finding(kind, id, seq, text);
    counts.merge(kind, 1L, Long::sum);
    if (first.size() < VerifyReport.MOST_FINDINGS) {
      first.add(finding);
    }
    listener.accept(finding);
  }

  boolean isEmpty() {
    return first.isEmpty();
  }

  void sawEvent() {
    events++;
  }

  void sawDocument() {
    documents++;
  }

  void leftUnopened() {
    unopened++;
  }

  VerifyReport report() {
    return new VerifyReport.VerifyReportValues(first, counts, events, documents, unopened);
  }
}
