package dev.daybook.transfer.internal;

import dev.daybook.internal.sql.PrefixRange;
import dev.daybook.transfer.Mismatch;
import dev.daybook.transfer.StoreContent;
import dev.daybook.transfer.TransferProgress;
import dev.daybook.transfer.TransferProgress.Step;
import dev.daybook.transfer.TransferReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares every part of two stores: how many rows there are of it, and a hash over them. */
final class Comparison {

  private static final long EVENTS_BETWEEN_REPORTS = 5_000;

  private final Side source;
  private final Side target;
  private final TransferProgress progress;
  private final Inventory inventory = new Inventory();
  private final List<Mismatch> mismatches = new ArrayList<>();
  private long count;
  private long reported;

  Comparison(Side source, Side target, TransferProgress progress) {
    this.source = source;
    this.target = target;
    this.progress = progress;
  }

  /**
   * Compares.
   *
   * @param upTo the source's events up to this position are compared with all of the target's
   */
  Comparison run(Reading from, Reading to, long upTo, long events) {
    for (Mismatch.Kind kind : Mismatch.Kind.values()) {
      Parts theirs = new Parts(source, from, kind, upTo, new HashMap<>());
      Parts ours = inventory.parts(target, to, kind, Long.MAX_VALUE);
      Parts.Part there = theirs.next();
      Parts.Part here = ours.next();
      while (there != null || here != null) {
        int order =
            there == null ? 1 : here == null ? -1 : PrefixRange.compare(there.id(), here.id());
        compare(kind, order <= 0 ? there : null, order >= 0 ? here : null);
        there = order <= 0 ? theirs.next() : there;
        here = order >= 0 ? ours.next() : here;
        report(events);
      }
    }
    progress.report(Step.VERIFY, events, events);
    return this;
  }

  private void compare(Mismatch.Kind kind, Parts.@Nullable Part there, Parts.@Nullable Part here) {
    if (here != null) {
      inventory.add(kind, here);
    }
    if (there != null && there.equals(here)) {
      return;
    }
    count++;
    if (mismatches.size() < TransferReport.MOST_MISMATCHES) {
      String id = there != null ? there.id() : Objects.requireNonNull(here).id();
      mismatches.add(
          new Mismatch(kind, id, there == null ? 0 : there.rows(), here == null ? 0 : here.rows()));
    }
  }

  private void report(long events) {
    if (inventory.events() - reported >= EVENTS_BETWEEN_REPORTS) {
      reported = inventory.events();
      progress.report(Step.VERIFY, Math.min(reported, events), events);
    }
  }

  /** What the target has. */
  StoreContent content() {
    return inventory.content();
  }

  List<Mismatch> mismatches() {
    return mismatches;
  }

  long count() {
    return count;
  }
}
