package dev.daybook.journal.internal.read;

import static dev.daybook.internal.jooq.Tables.EVENTS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.daybook.error.DamagedRowException;
import dev.daybook.error.EventDecodeException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.json.StoredJson;
import dev.daybook.internal.rows.ContentChecksum;
import dev.daybook.internal.statements.Row;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.RecordedEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** A row of the events table as an event, and the columns of an event as text. */
public final class EventRows {

  public static final Field<Long> PLAIN_VERSION = inline(1L);
  public static final Field<String> PLAIN_CODEC = inline(EncodedEvent.JSON);

  /** Whether an event is what most are, so that the last of the columns need not be read. */
  private static final Field<Integer> PLAIN =
      when(
              EVENTS
                  .SCHEMA_VERSION
                  .eq(PLAIN_VERSION)
                  .and(EVENTS.CODEC.eq(PLAIN_CODEC))
                  .and(
                      coalesce(
                              EVENTS.COMPRESSION,
                              EVENTS.KEY_ID,
                              EVENTS.METADATA,
                              EVENTS.IDEMPOTENCY_KEY)
                          .isNull()),
              inline(1))
          .otherwise(inline(0));

  /** What to select for {@link #readOf}. */
  static final List<Field<?>> STREAM_COLUMNS =
      List.of(
          EVENTS.GLOBAL_POSITION,
          EVENTS.SEQ,
          EVENTS.EVENT_TYPE,
          EVENTS.TS,
          EVENTS.TAGS,
          EVENTS.PAYLOAD,
          PLAIN,
          EVENTS.SCHEMA_VERSION,
          EVENTS.CODEC,
          EVENTS.COMPRESSION,
          EVENTS.KEY_ID,
          EVENTS.METADATA,
          EVENTS.IDEMPOTENCY_KEY);

  /** What to select for {@link #read}. */
  public static final List<Field<?>> COLUMNS =
      Stream.concat(STREAM_COLUMNS.stream(), Stream.of(EVENTS.STREAM_ID)).toList();

  /** What to select for {@link #read} and {@link #change}. */
  public static final List<Field<?>> CHECKED_COLUMNS =
      Stream.concat(COLUMNS.stream(), Stream.of(EVENTS.CONTENT_CHECKSUM)).toList();

  private static final int POSITION = column(EVENTS.GLOBAL_POSITION);
  private static final int SEQ = column(EVENTS.SEQ);
  private static final int TYPE = column(EVENTS.EVENT_TYPE);
  private static final int TIME = column(EVENTS.TS);
  private static final int TAGS = column(EVENTS.TAGS);
  private static final int PAYLOAD = column(EVENTS.PAYLOAD);
  private static final int IS_PLAIN = column(PLAIN);
  private static final int SCHEMA_VERSION = column(EVENTS.SCHEMA_VERSION);
  private static final int CODEC = column(EVENTS.CODEC);
  private static final int COMPRESSION = column(EVENTS.COMPRESSION);
  private static final int KEY_ID = column(EVENTS.KEY_ID);
  private static final int METADATA = column(EVENTS.METADATA);
  private static final int IDEMPOTENCY_KEY = column(EVENTS.IDEMPOTENCY_KEY);
  private static final int STREAM_ID = column(EVENTS.STREAM_ID);
  private static final int CHECKSUM = column(EVENTS.CONTENT_CHECKSUM);

  /** The text for an event's stream or type that can't be read. */
  private static final String UNKNOWN = "?";

  private static final JsonFactory JSON = StoredJson.factory();

  private EventRows() {}

  /**
   * Reads an event of a row.
   *
   * @throws EventDecodeException if the row is not an event
   */
  public static RecordedEvent<EncodedEvent> read(Row row) {
    String streamId;
    try {
      streamId = row.text(STREAM_ID);
    } catch (DamagedRowException e) {
      throw unreadable(UNKNOWN, row, e);
    }
    return readOf(streamId, row);
  }

  /**
   * What to select for {@link #read(Row, boolean)}.
   *
   * @param verified whether the checksum is compared, too
   */
  public static List<Field<?>> columns(boolean verified) {
    return verified ? CHECKED_COLUMNS : COLUMNS;
  }

  /** The same for {@link #readOf(String, Row, boolean)}. */
  static List<Field<?>> streamColumns(boolean verified) {
    return verified ? CHECKED_COLUMNS : STREAM_COLUMNS;
  }

  /**
   * The event of a row.
   *
   * @throws EventDecodeException if the row is not an event, or is to be verified and is not what
   *     was written
   */
  public static RecordedEvent<EncodedEvent> read(Row row, boolean verified) {
    return verified ? verified(read(row), row) : read(row);
  }

  /** The same of a stream that is known. */
  static RecordedEvent<EncodedEvent> readOf(String streamId, Row row, boolean verified) {
    return verified ? verified(read(row), row) : readOf(streamId, row);
  }

  private static RecordedEvent<EncodedEvent> verified(RecordedEvent<EncodedEvent> event, Row row) {
    Optional<String> change = change(event, row);
    if (change.isPresent()) {
      throw new EventDecodeException(
          event.streamId(), event.seq(), event.type(), "it " + change.get(), null);
    }
    return event;
  }

  /** The same of a stream that is known, from a row without its id. */
  static RecordedEvent<EncodedEvent> readOf(String streamId, Row row) {
    try {
      return event(streamId, row);
    } catch (DamagedRowException | InvalidInputException | ArithmeticException e) {
      throw unreadable(streamId, row, e);
    }
  }

  private static RecordedEvent<EncodedEvent> event(String streamId, Row row) {
    String type = row.text(TYPE);
    boolean plain = row.number(IS_PLAIN) != 0;
    RecordedEvent<EncodedEvent> event =
        RecordedEvent.of(
            streamId,
            row.number(SEQ),
            row.number(POSITION),
            type,
            tags(row.optionalText(TAGS)),
            plain ? Metadata.none() : metadata(row.optionalText(METADATA)),
            Instant.ofEpochMilli(row.number(TIME)),
            plain
                ? new EncodedEvent(type, EncodedEvent.JSON, row.bytes(PAYLOAD))
                : encoded(type, row));
    String key = plain ? null : row.optionalText(IDEMPOTENCY_KEY);
    return key == null ? event : event.withIdempotencyKey(key);
  }

  private static EventDecodeException unreadable(String streamId, Row row, Exception why) {
    return new EventDecodeException(
        streamId,
        row.known(SEQ),
        Objects.requireNonNullElse(row.optionalText(TYPE), UNKNOWN),
        "its row at position %s can't be read: %s".formatted(row.known(POSITION), why.getMessage()),
        why);
  }

  private static EncodedEvent encoded(String type, Row row) {
    return new EncodedEvent(
        type,
        Math.toIntExact(row.number(SCHEMA_VERSION)),
        row.text(CODEC),
        row.bytes(PAYLOAD),
        row.optionalText(COMPRESSION),
        row.optionalText(KEY_ID));
  }

  /**
   * How the row of an event differs from what was written, by its checksum; empty if it does not,
   * or has none.
   */
  public static Optional<String> change(RecordedEvent<EncodedEvent> event, Row row) {
    Long stored = row.optionalNumber(CHECKSUM);
    if (stored == null) {
      return Optional.empty();
    }
    long content =
        checksum(
            event.streamId(),
            event.data(),
            row.number(TIME),
            row.optionalText(TAGS),
            row.optionalText(METADATA),
            row.optionalText(IDEMPOTENCY_KEY));
    return ContentChecksum.difference(content - event.seq(), stored);
  }

  /**
   * The checksum of an event, but for its number, which is taken from it.
   *
   * @param data as it is stored
   * @param tags as they are stored
   * @param metadata as it is stored
   */
  public static long checksum(
      String streamId,
      EncodedEvent data,
      long time,
      @Nullable String tags,
      @Nullable String metadata,
      @Nullable String idempotencyKey) {
    return new ContentChecksum()
        .text(streamId)
        .text(data.type())
        .number(data.schemaVersion())
        .text(data.codec())
        .text(data.compression())
        .text(data.keyId())
        .number(time)
        .text(tags)
        .text(metadata)
        .text(idempotencyKey)
        .bytes(data.payload())
        .value();
  }

  /** Tags as a JSON array; {@code null} for none. */
  public static @Nullable String text(List<String> tags) {
    if (tags.isEmpty()) {
      return null;
    }
    StringBuilder text = new StringBuilder("[\"");
    for (String tag : tags) {
      if (text.length() > 2) {
        text.append("\",\"");
      }
      JsonStringEncoder.getInstance().quoteAsString(tag, text);
    }
    return text.append("\"]").toString();
  }

  /** Metadata as a JSON object; {@code null} for none. */
  public static @Nullable String text(Metadata metadata) {
    if (metadata.isEmpty()) {
      return null;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, String> entry : metadata.entries().entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static List<String> tags(@Nullable String text) {
    if (text == null) {
      return List.of();
    }
    return text.indexOf('\\') < 0 && text.startsWith("[\"") && text.endsWith("\"]")
        ? plainTags(text)
        : parsedTags(text);
  }

  /**
   * Where nothing is escaped, what is between two quotes is a tag: a parser costs ten times this.
   */
  private static List<String> plainTags(String text) {
    int end = text.indexOf('"', 2);
    if (end == text.length() - 2) {
      return List.of(text.substring(2, end));
    }
    List<String> tags = new ArrayList<>();
    int start = 2;
    while (end < text.length() - 2 && text.startsWith(",\"", end + 1)) {
      tags.add(text.substring(start, end));
      start = end + 3;
      end = text.indexOf('"', start);
    }
    tags.add(text.substring(start, end));
    return end == text.length() - 2 ? List.copyOf(tags) : parsedTags(text);
  }

  private static List<String> parsedTags(String text) {
    try {
      return List.copyOf(StoredJson.texts(text));
    } catch (IOException e) {
      throw new DamagedRowException("its tags are not a JSON array of strings: " + text, e);
    }
  }

  private static Metadata metadata(@Nullable String text) {
    try {
      return text == null ? Metadata.none() : new Metadata(StoredJson.textsByName(text));
    } catch (IOException e) {
      throw new DamagedRowException("its metadata is not a JSON object of strings: " + text, e);
    }
  }

  private static int column(Field<?> field) {
    return CHECKED_COLUMNS.indexOf(field) + 1;
  }
}
