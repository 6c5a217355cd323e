package dev.daybook.document.internal;

import dev.daybook.document.Meta;
import java.util.ArrayList;
import java.util.List;

/** In what two metas of a document differ that must not change. */
final class MetaDifference {

  private final List<String> differences = new ArrayList<>();

  private MetaDifference() {}

  /** Each part that differs, with what it was and what it would become. */
  static String of(Meta meta, Meta next) {
    MetaDifference difference = new MetaDifference();
    difference.add("replica type", meta.replicaType().name(), next.replicaType().name());
    difference.add(
        "major version of the replica type",
        meta.replicaType().major(),
        next.replicaType().major());
    difference.add(
        "writer model of the sync mode",
        meta.syncMode().writerModel(),
        next.syncMode().writerModel());
    difference.add(
        "delivery of the sync mode", meta.syncMode().delivery(), next.syncMode().delivery());
    difference.add(
        "durability of the sync mode", meta.syncMode().durability(), next.syncMode().durability());
    return String.join("; ", difference.differences);
  }

  private void add(String what, Object old, Object next) {
    if (!old.equals(next)) {
      differences.add("the %s is %s, and %s in the new one".formatted(what, old, next));
    }
  }
}
