package dev.daybook.document.internal;

import static dev.daybook.internal.jooq.Tables.DOC_RECORDS;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.daybook.document.DocumentDecodeException;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.error.DamagedRowException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.json.StoredJson;
import dev.daybook.internal.rows.ContentChecksum;
import dev.daybook.internal.statements.Row;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Records as rows. A payload is a flat JSON object: for a meta all it says, for an entry all but
 * binary data, which has its own column.
 */
public final class DocumentRows {

  /** What to select for {@link #read}. */
  static final List<Field<?>> COLUMNS =
      List.of(DOC_RECORDS.KIND, DOC_RECORDS.PAYLOAD, DOC_RECORDS.BLOB);

  /** What to select for {@link #read}, {@link #docId}, {@link #seq} and {@link #change}. */
  public static final List<Field<?>> CHECKED_COLUMNS =
      Stream.concat(
              COLUMNS.stream(),
              Stream.of(DOC_RECORDS.DOC_ID, DOC_RECORDS.SEQ, DOC_RECORDS.CONTENT_CHECKSUM))
          .toList();

  private static final int KIND = column(DOC_RECORDS.KIND);
  private static final int PAYLOAD = column(DOC_RECORDS.PAYLOAD);
  private static final int BLOB = column(DOC_RECORDS.BLOB);
  private static final int DOC_ID = column(DOC_RECORDS.DOC_ID);
  private static final int SEQ = column(DOC_RECORDS.SEQ);
  private static final int CHECKSUM = column(DOC_RECORDS.CONTENT_CHECKSUM);

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

  /**
   * Reads a record of a row.
   *
   * @throws DocumentDecodeException if the row is not a record
   */
  public static DocumentRecord read(String docId, Row row) {
    return decoded(docId, () -> record(row));
  }

  /**
   * The same, of a row whose checksum is compared.
   *
   * @throws DocumentDecodeException if the row is not a record, or not the one that was written
   */
  static DocumentRecord readVerified(String docId, Row row) {
    DocumentRecord record = read(docId, row);
    Optional<String> change = change(docId, row);
    if (change.isPresent()) {
      throw new DocumentDecodeException(
          docId, new DamagedRowException("record %s %s".formatted(seq(row), change.get()), null));
    }
    return record;
  }

  private static DocumentRecord record(Row row) throws IOException {
    String kind = row.text(KIND);
    Map<String, String> values = StoredJson.scalars(row.text(PAYLOAD));
    if (kind.equals(META)) {
      return meta(values);
    }
    if (!kind.equals(ENTRY)) {
      throw new InvalidInputException(
          "its kind is \"%s\"; expected \"%s\" or \"%s\"".formatted(kind, META, ENTRY));
    }
    return entry(values, values.containsKey(Name.JSON_DATA.text) ? null : row.bytes(BLOB));
  }

  /** The document that a row is of. */
  public static String docId(Row row) {
    return row.text(DOC_ID);
  }

  /** The number of a row in its document. */
  public static long seq(Row row) {
    return row.number(SEQ);
  }

  /** Whether a row is a meta record, and what it says. */
  public static Optional<String> metaData(Row row) {
    return META.equals(row.optionalText(KIND))
        ? Optional.ofNullable(row.optionalText(PAYLOAD))
        : Optional.empty();
  }

  /**
   * How the row of a record differs from what was written, by its checksum; empty if it does not,
   * or has none.
   */
  public static Optional<String> change(String docId, Row row) {
    long content = checksum(docId, row.text(KIND), row.text(PAYLOAD), row.optionalBytes(BLOB));
    return ContentChecksum.difference(content - seq(row), row.optionalNumber(CHECKSUM));
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

  /** The checksum of a record, but for its number, which is taken from it. */
  static long checksum(String docId, String kind, String payload, byte @Nullable [] blob) {
    return new ContentChecksum().text(docId).text(kind).text(payload).bytes(blob).value();
  }

  /** The checksum of a document's meta. */
  public static long checksum(String docId, String data) {
    return new ContentChecksum().text(docId).text(data).value();
  }

  static Meta meta(String docId, String payload) {
    return decoded(docId, () -> meta(StoredJson.scalars(payload)));
  }

  private interface Decoding<T> {
    T decode() throws IOException;
  }

  private static <T> T decoded(String docId, Decoding<T> record) {
    try {
      return record.decode();
    } catch (IOException
        | IllegalArgumentException
        | DamagedRowException
        | InvalidInputException e) {
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

  private static String required(Map<String, String> values, Name name) {
    String value = values.get(name.text);
    if (value == null) {
      throw new InvalidInputException("its payload has no " + name.text);
    }
    return value;
  }

  private static int column(Field<?> field) {
    return CHECKED_COLUMNS.indexOf(field) + 1;
  }
}
