package dev.daybook.maintenance.internal.verify;

import dev.daybook.internal.rows.PrefixRange;
import dev.daybook.internal.statements.Row;
import dev.daybook.maintenance.Finding.Kind;
import dev.daybook.maintenance.Progress.Step;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tags that events have against the index of tags. Both come by stream id and number. */
final class TagCheck {

  private final Walk walk;
  private final VerifyStatements sql;

  /** An event with its tags as JSON, or one row of the index with its tag. */
  private record Tagged(String streamId, long seq, long position, String text) {

    static Tagged read(Row row) {
      return new Tagged(row.text(1), row.number(2), row.number(3), row.text(4));
    }

    boolean isBefore(Tagged other) {
      int order = PrefixRange.compare(streamId, other.streamId);
      return order < 0 || (order == 0 && seq < other.seq);
    }
  }

  TagCheck(Walk walk, VerifyStatements sql) {
    this.walk = walk;
    this.sql = sql;
  }

  void run() {
    Walk.Steps steps = walk.steps(Step.TAGS, sql.countTags);
    try (Rows<Tagged> events = walk.rows(Step.TAGS, sql.taggedEvents, Tagged::read);
        Rows<Tagged> index = walk.rows(Step.TAGS, sql.tags, Tagged::read)) {
      for (Tagged event = events.poll(); event != null; event = events.poll()) {
        findStrays(index, event, steps);
        check(event, index, steps);
      }
      findStrays(index, null, steps);
    }
    steps.end();
  }

  private void findStrays(Rows<Tagged> index, @Nullable Tagged before, Walk.Steps steps) {
    Tagged next = index.peek();
    while (next != null && (before == null || next.isBefore(before))) {
      add(
          Kind.TAG_UNEXPECTED,
          next,
          "is in the index with tag \"%s\", and is not there or has no tags"
              .formatted(next.text()));
      index.poll();
      steps.one();
      next = index.peek();
    }
  }

  private void check(Tagged event, Rows<Tagged> index, Walk.Steps steps) {
    Optional<Set<String>> tags = JsonShapes.texts(event.text());
    if (tags.isEmpty()) {
      add(
          Kind.TAGS_UNREADABLE,
          event,
          "has tags that are not a JSON array of strings: " + event.text());
    }
    Set<String> missing = new HashSet<>(tags.orElse(Set.of()));
    for (Tagged next = index.peek(); next != null && !event.isBefore(next); next = index.peek()) {
      index.poll();
      steps.one();
      if (tags.isPresent() && !missing.remove(next.text())) {
        add(
            Kind.TAG_UNEXPECTED,
            event,
            "has not tag \"%s\", and the index says so".formatted(next.text()));
      }
      if (next.position() != event.position()) {
        add(
            Kind.TAG_POSITION,
            event,
            "is at position %s, and at %s by its tag \"%s\""
                .formatted(event.position(), next.position(), next.text()));
      }
    }
    for (String tag : missing) {
      add(Kind.TAG_MISSING, event, "is not in the index by its tag \"%s\"".formatted(tag));
    }
  }

  private void add(Kind kind, Tagged event, String text) {
    walk.findings()
        .add(
            kind,
            event.streamId(),
            event.seq(),
            "event %s of stream \"%s\" %s".formatted(event.seq(), event.streamId(), text));
  }
}
