package dev.daybook.journal.internal;

import static dev.daybook.internal.jooq.Tables.EVENTS;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.daybook.internal.sql.Row;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.RecordedEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** A row of the events table as an event, and the columns of an event as text. */
public final class EventRows {

  /** What to select for {@link #read}. */
  public static final List<Field<?>> COLUMNS =
      List.of(
          EVENTS.GLOBAL_POSITION,
          EVENTS.STREAM_ID,
          EVENTS.SEQ,
          EVENTS.EVENT_TYPE,
          EVENTS.SCHEMA_VERSION,
          EVENTS.CODEC,
          EVENTS.COMPRESSION,
          EVENTS.KEY_ID,
          EVENTS.TS,
          EVENTS.TAGS,
          EVENTS.METADATA,
          EVENTS.PAYLOAD);

  private static final int POSITION = column(EVENTS.GLOBAL_POSITION);
  private static final int STREAM_ID = column(EVENTS.STREAM_ID);
  private static final int SEQ = column(EVENTS.SEQ);
  private static final int TYPE = column(EVENTS.EVENT_TYPE);
  private static final int SCHEMA_VERSION = column(EVENTS.SCHEMA_VERSION);
  private static final int CODEC = column(EVENTS.CODEC);
  private static final int COMPRESSION = column(EVENTS.COMPRESSION);
  private static final int KEY_ID = column(EVENTS.KEY_ID);
  private static final int TIME = column(EVENTS.TS);
  private static final int TAGS = column(EVENTS.TAGS);
  private static final int METADATA = column(EVENTS.METADATA);
  private static final int PAYLOAD = column(EVENTS.PAYLOAD);

  private static final JsonFactory JSON = new JsonFactory();

  private EventRows() {}

  public static RecordedEvent<EncodedEvent> read(Row row) {
    String type = row.text(TYPE);
    return new RecordedEvent<>(
        row.text(STREAM_ID),
        row.number(SEQ),
        row.number(POSITION),
        type,
        tags(row.optionalText(TAGS)),
        metadata(row.optionalText(METADATA)),
        Instant.ofEpochMilli(row.number(TIME)),
        new EncodedEvent(
            type,
            Math.toIntExact(row.number(SCHEMA_VERSION)),
            row.text(CODEC),
            row.bytes(PAYLOAD),
            row.optionalText(COMPRESSION),
            row.optionalText(KEY_ID)));
  }

  /** Tags as a JSON array; {@code null} for none. */
  static @Nullable String text(List<String> tags) {
    if (tags.isEmpty()) {
      return null;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (String tag : tags) {
        json.writeString(tag);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Metadata as a JSON object; {@code null} for none. */
  static @Nullable String text(Metadata metadata) {
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
    List<String> tags = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        tags.add(json.getText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("these tags are no JSON array: " + text, e);
    }
    return List.copyOf(tags);
  }

  private static Metadata metadata(@Nullable String text) {
    if (text == null) {
      return Metadata.none();
    }
    Map<String, String> entries = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        entries.put(key, json.getText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("this metadata is no JSON object: " + text, e);
    }
    return new Metadata(entries);
  }

  private static int column(Field<?> field) {
    return COLUMNS.indexOf(field) + 1;
  }
}
