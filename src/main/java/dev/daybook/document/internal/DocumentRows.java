package dev.daybook.document.internal;

import static dev.daybook.internal.jooq.Tables.DOC_RECORDS;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.daybook.document.DocumentDecodeException;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.internal.json.StoredJson;
import dev.daybook.internal.sql.Row;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Records as rows. A payload is a flat JSON object: for a meta all it says, for an entry all but
 * binary data, which has a column of its own.
 */
final class DocumentRows {

  /** What to select for {@link #read}. */
  static final List<Field<?>> COLUMNS =
      List.of(DOC_RECORDS.KIND, DOC_RECORDS.PAYLOAD, DOC_RECORDS.BLOB);

  static final String ENTRY = "entry";

  private static final String META = "meta";
  private static final JsonFactory JSON = StoredJson.factory();

  /** The names in a payload. */
  private enum Name {
    REPLICA_TYPE,
    MAJOR,
    MINOR,
    WRITER_MODEL,
    DELIVERY,
    DURABILITY,
    SCHEMA_HASH,
    ENTRY_KIND,
    ENTRY_VERSION,
    LINEAGE,
    JSON_DATA;

    final String text = name().toLowerCase(Locale.ROOT);
  }

  private DocumentRows() {}

  static DocumentRecord read(String docId, Row row) {
    boolean isMeta = row.text(1).equals(META);
    Map<String, String> values = values(docId, row.text(2));
    boolean isBinary = !isMeta && !values.containsKey(Name.JSON_DATA.text);
    byte[] blob = isBinary ? row.optionalBytes(3) : null;
    return decoded(docId, () -> isMeta ? meta(values) : entry(values, blob));
  }

  static String kind(DocumentRecord record) {
    return record instanceof Meta ? META : ENTRY;
  }

  static String payload(DocumentRecord record) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      if (record instanceof Meta meta) {
        write(json, meta);
      } else if (record instanceof Entry entry) {
        write(json, entry);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static byte @Nullable [] blob(DocumentRecord record) {
    return record instanceof Entry entry && entry.data() instanceof EntryData.Binary binary
        ? binary.bytes()
        : null;
  }

  static Meta meta(String docId, String payload) {
    Map<String, String> values = values(docId, payload);
    return decoded(docId, () -> meta(values));
  }

  private static <T> T decoded(String docId, Supplier<T> record) {
    try {
      return record.get();
    } catch (RuntimeException e) {
      throw new DocumentDecodeException(docId, e);
    }
  }

  private static Meta meta(Map<String, String> values) {
    return new Meta(
        new ReplicaType(
            required(values, Name.REPLICA_TYPE),
            Integer.parseInt(required(values, Name.MAJOR)),
            Integer.parseInt(required(values, Name.MINOR))),
        new SyncMode(
            required(values, Name.WRITER_MODEL),
            required(values, Name.DELIVERY),
            required(values, Name.DURABILITY)),
        required(values, Name.SCHEMA_HASH));
  }

  private static Entry entry(Map<String, String> values, byte @Nullable [] blob) {
    return new Entry(
        Entry.Kind.valueOf(required(values, Name.ENTRY_KIND).toUpperCase(Locale.ROOT)),
        blob == null ? EntryData.json(required(values, Name.JSON_DATA)) : EntryData.binary(blob),
        required(values, Name.ENTRY_VERSION),
        values.get(Name.LINEAGE.text));
  }

  private static void write(JsonGenerator json, Meta meta) throws IOException {
    json.writeStringField(Name.REPLICA_TYPE.text, meta.replicaType().name());
    json.writeNumberField(Name.MAJOR.text, meta.replicaType().major());
    json.writeNumberField(Name.MINOR.text, meta.replicaType().minor());
    json.writeStringField(Name.WRITER_MODEL.text, meta.syncMode().writerModel());
    json.writeStringField(Name.DELIVERY.text, meta.syncMode().delivery());
    json.writeStringField(Name.DURABILITY.text, meta.syncMode().durability());
    json.writeStringField(Name.SCHEMA_HASH.text, meta.schemaHash());
  }

  private static void write(JsonGenerator json, Entry entry) throws IOException {
    json.writeStringField(Name.ENTRY_KIND.text, entry.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField(Name.ENTRY_VERSION.text, entry.version());
    if (entry.lineage() != null) {
      json.writeStringField(Name.LINEAGE.text, entry.lineage());
    }
    if (entry.data() instanceof EntryData.Json data) {
      json.writeStringField(Name.JSON_DATA.text, data.text());
    }
  }

  private static Map<String, String> values(String docId, String payload) {
    Map<String, String> values = new HashMap<>();
    try (JsonParser json = JSON.createParser(payload)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        values.put(name, json.getText());
      }
    } catch (IOException e) {
      throw new DocumentDecodeException(docId, e);
    }
    return values;
  }

  private static String required(Map<String, String> values, Name name) {
    return Objects.requireNonNull(values.get(name.text), () -> "a payload has no " + name.text);
  }
}
