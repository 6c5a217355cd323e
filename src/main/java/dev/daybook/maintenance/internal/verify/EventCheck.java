package dev.daybook.maintenance.internal.verify;

import static dev.daybook.internal.jooq.Tables.EVENTS;

import dev.daybook.error.DaybookException;
import dev.daybook.error.EventDecodeException;
import dev.daybook.internal.statements.Row;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.read.EventRows;
import dev.daybook.maintenance.Finding.Kind;
import dev.daybook.maintenance.Progress.Step;
import dev.daybook.payload.internal.Payload;
import dev.daybook.payload.internal.PayloadBinding;
import java.util.Optional;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** What each event says: its metadata, its payload, and what a journal makes of them. */
final class EventCheck {

  private final Walk walk;
  private final VerifyStatements sql;
  private final @Nullable Journal<?> journal;
  private long position;

  /**
   * An event as it was read.
   *
   * @param event the event; {@code null} if its row can't be read
   * @param flaw what is wrong with its row, by the check of this kind
   * @param change how it differs from what was written
   */
  private record Read(
      String streamId,
      long seq,
      @Nullable RecordedEvent<EncodedEvent> event,
      @Nullable Flaw flaw,
      Optional<String> change) {}

  private record Flaw(Kind kind, String text) {}

  EventCheck(Walk walk, VerifyStatements sql, Optional<Journal<?>> journal) {
    this.walk = walk;
    this.sql = sql;
    this.journal = journal.orElse(null);
  }

  void run() {
    walk.forEach(Step.EVENTS, sql.countEvents, sql.events, EventCheck::read, this::check);
  }

  /** Only the first flaw of an event is reported: the others mostly result from it. */
  private void check(Read read) {
    walk.findings().sawEvent();
    RecordedEvent<EncodedEvent> event = read.event();
    Optional<Flaw> flaw = Optional.ofNullable(read.flaw());
    if (flaw.isEmpty() && event != null) {
      flaw =
          (journal == null ? open(event) : decode(journal, event))
              .map(text -> new Flaw(Kind.PAYLOAD_UNREADABLE, text))
              .or(() -> read.change().map(text -> new Flaw(Kind.EVENT_CHANGED, text)));
    }
    flaw.ifPresent(found -> add(found, read));
    if (event != null) {
      checkPosition(event, read);
    }
  }

  /** Events come in the order of their positions. */
  private void checkPosition(RecordedEvent<EncodedEvent> event, Read read) {
    if (event.position() == position) {
      add(
          new Flaw(
              Kind.POSITION_TWICE, "is at position %s, as another event is".formatted(position)),
          read);
    }
    position = event.position();
  }

  private static Optional<String> decode(Journal<?> by, RecordedEvent<EncodedEvent> event) {
    try {
      Object ignored = by.decode(event);
      return Optional.empty();
    } catch (DaybookException e) {
      return Optional.of("can't be decoded: " + e.getMessage());
    }
  }

  private Optional<String> open(RecordedEvent<EncodedEvent> event) {
    EncodedEvent data = event.data();
    PayloadBinding binding =
        new PayloadBinding(PayloadBinding.Kind.EVENT, event.streamId(), event.seq());
    Payload payload = new Payload(data.payload(), data.compression(), data.keyId());
    PayloadCheck.Result result = PayloadCheck.of(payload, data.codec(), binding);
    if (result.encrypted()) {
      walk.findings().leftUnopened();
    }
    return Optional.ofNullable(result.flaw())
        .map(flaw -> "has a payload that can't be read: " + flaw);
  }

  private void add(Flaw flaw, Read read) {
    walk.findings()
        .add(
            flaw.kind(),
            read.streamId(),
            read.seq(),
            "event %s of stream \"%s\" %s".formatted(read.seq(), read.streamId(), flaw.text()));
  }

  private static Read read(Row row) {
    String metadata = row.optionalText(column(EVENTS.METADATA));
    if (metadata != null && !JsonShapes.isObjectOfTexts(metadata)) {
      return flawed(
          row,
          new Flaw(
              Kind.METADATA_UNREADABLE,
              "has metadata that is not a JSON object of strings: " + metadata));
    }
    String tags = row.optionalText(column(EVENTS.TAGS));
    if (tags != null && JsonShapes.texts(tags).isEmpty()) {
      // The check of tags has found that.
      return flawed(row, null);
    }
    try {
      RecordedEvent<EncodedEvent> event = EventRows.read(row);
      return new Read(event.streamId(), event.seq(), event, null, EventRows.change(event, row));
    } catch (EventDecodeException e) {
      return flawed(row, new Flaw(Kind.EVENT_UNREADABLE, "can't be read: " + e.getMessage()));
    }
  }

  private static Read flawed(Row row, @Nullable Flaw flaw) {
    String streamId = row.optionalText(column(EVENTS.STREAM_ID));
    long seq = row.known(column(EVENTS.SEQ));
    return new Read(streamId == null ? "?" : streamId, seq, null, flaw, Optional.empty());
  }

  private static int column(Field<?> field) {
    return EventRows.COLUMNS.indexOf(field) + 1;
  }
}
