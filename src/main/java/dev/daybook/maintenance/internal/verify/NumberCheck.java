package dev.daybook.maintenance.internal.verify;

import dev.daybook.internal.rows.ContentChecksum;
import dev.daybook.internal.rows.PrefixRange;
import dev.daybook.internal.statements.Row;
import dev.daybook.journal.internal.read.StreamRow;
import dev.daybook.maintenance.Finding.Kind;
import dev.daybook.maintenance.Progress.Step;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The numbers of the events of each stream against the stream's marks. Both come by stream id. */
final class NumberCheck {

  private static final String DELETED = "DELETED";
  private static final Set<String> STATES = Set.of("ACTIVE", "ARCHIVED", "TOMBSTONED", DELETED);

  private final Walk walk;
  private final VerifyStatements sql;

  private record Stream(
      String id, long lastSeq, long deletedTo, String state, Optional<String> change) {

    static Stream read(Row row) {
      String id = row.text(1);
      String state = row.text(4);
      long found = StreamRow.checksum(id, state, row.optionalText(5), row.optionalNumber(6));
      return new Stream(
          id,
          row.number(2),
          row.number(3),
          state,
          ContentChecksum.difference(found, row.optionalNumber(7)));
    }
  }

  private record Numbered(String streamId, long seq, long position) {}

  NumberCheck(Walk walk, VerifyStatements sql) {
    this.walk = walk;
    this.sql = sql;
  }

  void run() {
    Walk.Steps steps = walk.steps(Step.NUMBERS, sql.countEvents);
    try (Rows<Stream> streams = walk.rows(Step.NUMBERS, sql.streams, Stream::read);
        Rows<Numbered> numbers =
            walk.rows(
                Step.NUMBERS,
                sql.numbers,
                row -> new Numbered(row.text(1), row.number(2), row.number(3)))) {
      for (Stream stream = streams.poll(); stream != null; stream = streams.poll()) {
        findStrays(numbers, stream.id(), steps);
        checkRow(stream);
        checkNumbers(stream, numbers, steps);
      }
      findStrays(numbers, null, steps);
    }
    steps.end();
  }

  /** The events in front of a stream's belong to streams that have no row; one finding for each. */
  private void findStrays(Rows<Numbered> numbers, @Nullable String before, Walk.Steps steps) {
    String stray = "";
    Numbered next = numbers.peek();
    while (next != null && (before == null || isBefore(next.streamId(), before))) {
      if (!stray.equals(next.streamId())) {
        stray = next.streamId();
        add(
            Kind.STREAM_MISSING,
            stray,
            next.seq(),
            "has events but no row in the table of streams");
      }
      numbers.poll();
      steps.one();
      next = numbers.peek();
    }
  }

  private void checkRow(Stream stream) {
    if (!STATES.contains(stream.state())) {
      add(
          Kind.STREAM_ROW,
          stream.id(),
          0,
          "has the state \"%s\"; expected one of %s"
              .formatted(stream.state(), STATES.stream().sorted().toList()));
    } else {
      stream
          .change()
          .ifPresent(change -> add(Kind.STREAM_ROW, stream.id(), 0, "has a state that " + change));
    }
    if (stream.deletedTo() < 0 || stream.deletedTo() > stream.lastSeq()) {
      add(
          Kind.STREAM_ROW,
          stream.id(),
          0,
          "is deleted to %s, and its high-water mark is %s"
              .formatted(stream.deletedTo(), stream.lastSeq()));
    }
  }

  private void checkNumbers(Stream stream, Rows<Numbered> numbers, Walk.Steps steps) {
    boolean deleted = stream.state().equals(DELETED);
    long before = stream.deletedTo();
    long position = 0;
    for (Numbered next = numbers.peek();
        next != null && next.streamId().equals(stream.id());
        next = numbers.peek()) {
      numbers.poll();
      steps.one();
      checkNumber(stream, next, deleted);
      if (next.position() <= position) {
        add(
            Kind.POSITION_ORDER,
            stream.id(),
            next.seq(),
            "has event %s at position %s, and the event before it at %s"
                .formatted(next.seq(), next.position(), position));
      }
      position = next.position();
      if (next.seq() - 1 > before && !deleted) {
        addMissing(stream, before + 1, next.seq() - 1);
      }
      before = Math.max(before, next.seq());
    }
    if (before >= stream.lastSeq()) {
      return;
    }
    if (!deleted) {
      addMissing(stream, before + 1, stream.lastSeq());
    } else if (position == 0) {
      add(
          Kind.STREAM_ROW,
          stream.id(),
          0,
          "is deleted, to %s only, and its high-water mark is %s"
              .formatted(stream.deletedTo(), stream.lastSeq()));
    }
  }

  private void checkNumber(Stream stream, Numbered next, boolean deleted) {
    if (deleted || next.seq() <= stream.deletedTo()) {
      add(
          Kind.EVENT_DELETED,
          stream.id(),
          next.seq(),
          "has event %s, though it is deleted to %s".formatted(next.seq(), stream.deletedTo()));
    } else if (sql.marksAreExact && next.seq() > stream.lastSeq()) {
      add(
          Kind.EVENT_BEYOND_MARK,
          stream.id(),
          next.seq(),
          "has event %s, and its high-water mark is %s".formatted(next.seq(), stream.lastSeq()));
    }
  }

  private void addMissing(Stream stream, long from, long to) {
    add(
        Kind.EVENT_MISSING,
        stream.id(),
        from,
        from == to ? "has no event " + from : "has no events %s to %s".formatted(from, to));
  }

  private void add(Kind kind, String streamId, long seq, String text) {
    walk.findings().add(kind, streamId, seq, "stream \"%s\" %s".formatted(streamId, text));
  }

  private static boolean isBefore(String one, String other) {
    return PrefixRange.compare(one, other) < 0;
  }
}
