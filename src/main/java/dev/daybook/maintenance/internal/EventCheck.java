package dev.daybook.maintenance.internal;

import static dev.daybook.internal.jooq.Tables.EVENTS;

import dev.daybook.DaybookException;
import dev.daybook.internal.sql.Row;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.EventRows;
import dev.daybook.maintenance.Finding.Kind;
import dev.daybook.maintenance.Progress.Step;
import dev.daybook.payload.internal.Payload;
import dev.daybook.payload.internal.Place;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** What each event says: its metadata, its payload, and what a journal makes of them. */
final class EventCheck {

  private final Walk walk;
  private final VerifyStatements sql;
  private final @Nullable Journal<?> journal;

  /** An event as it was read, or why it could not be. */
  private record Read(
      String streamId,
      long seq,
      @Nullable String metadata,
      @Nullable RecordedEvent<EncodedEvent> event,
      String failure) {}

  EventCheck(Walk walk, VerifyStatements sql, Optional<Journal<?>> journal) {
    this.walk = walk;
    this.sql = sql;
    this.journal = journal.orElse(null);
  }

  void run() {
    walk.forEach(Step.EVENTS, sql.countEvents, sql.events, EventCheck::read, this::check);
  }

  private void check(Read read) {
    walk.findings().sawEvent();
    if (read.metadata() != null && !JsonShapes.isFlatObject(read.metadata(), false)) {
      add(
          Kind.METADATA_UNREADABLE,
          read,
          "has metadata that is no JSON object of texts: " + read.metadata());
      return;
    }
    RecordedEvent<EncodedEvent> event = read.event();
    if (event == null) {
      add(Kind.PAYLOAD_UNREADABLE, read, "can't be read: " + read.failure());
    } else if (journal != null) {
      decode(journal, event, read);
    } else {
      open(event.data(), read);
    }
  }

  private void decode(Journal<?> by, RecordedEvent<EncodedEvent> event, Read read) {
    try {
      Object ignored = by.decode(event);
    } catch (DaybookException e) {
      add(Kind.PAYLOAD_UNREADABLE, read, "can't be decoded: " + e.getMessage());
    }
  }

  private void open(EncodedEvent data, Read read) {
    Place place = new Place(Place.Kind.EVENT, read.streamId(), read.seq());
    Payload payload = new Payload(data.payload(), data.compression(), data.keyId());
    PayloadCheck.Result result = PayloadCheck.of(payload, data.codec(), place);
    if (result.encrypted()) {
      walk.findings().leftUnopened();
    }
    if (result.flaw() != null) {
      add(Kind.PAYLOAD_UNREADABLE, read, "has a payload that can't be read: " + result.flaw());
    }
  }

  private void add(Kind kind, Read read, String text) {
    walk.findings()
        .add(
            kind,
            read.streamId(),
            read.seq(),
            "event %s of stream \"%s\" %s".formatted(read.seq(), read.streamId(), text));
  }

  /** What is wrong with its tags is found elsewhere. */
  private static Read read(Row row) {
    String streamId = row.text(column(EVENTS.STREAM_ID));
    long seq = row.number(column(EVENTS.SEQ));
    String metadata = row.optionalText(column(EVENTS.METADATA));
    try {
      return new Read(streamId, seq, metadata, EventRows.read(row), "");
    } catch (UncheckedIOException | IllegalArgumentException | DaybookException e) {
      return new Read(streamId, seq, metadata, null, String.valueOf(e.getMessage()));
    }
  }

  private static int column(Field<?> field) {
    return EventRows.COLUMNS.indexOf(field) + 1;
  }
}
