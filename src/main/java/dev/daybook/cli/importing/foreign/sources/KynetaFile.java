package dev.daybook.cli.importing.foreign.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.Meta;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.connections.ForeignFile;
import dev.daybook.internal.input.InputRules;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The SQLite files of kyneta, of version 1 to those that have a format version. */
public final class KynetaFile implements ForeignSource {

  private static final String DOC_ID = "doc_id";
  private static final String DATA = "data";
  private static final String SEQ = "seq";
  private static final String KIND = "kind";
  private static final String PAYLOAD = "payload";
  private static final String BLOB = "blob";
  private static final String KEY = "key";
  private static final String VALUE = "value";
  private static final String FORMAT = "format";
  private static final int KNOWN_FORMAT = 1;

  private static final SourceTable.Layout METAS =
      SourceTable.Layout.required(
          "kyneta_doc_meta",
          List.of("kyneta_meta", "meta"),
          SourceTable.Column.required(DOC_ID),
          SourceTable.Column.required(DATA));
  private static final SourceTable.Layout RECORDS =
      SourceTable.Layout.required(
          "kyneta_records",
          List.of("records"),
          SourceTable.Column.required(DOC_ID),
          SourceTable.Column.required(SEQ),
          SourceTable.Column.required(KIND),
          SourceTable.Column.required(PAYLOAD),
          SourceTable.Column.required(BLOB));
  private static final SourceTable.Layout STORE =
      SourceTable.Layout.optional(
          "kyneta_store_meta",
          List.of(),
          SourceTable.Column.required(KEY),
          SourceTable.Column.required(VALUE));

  private final ForeignFile file;
  private final String delivery;
  private final SourceTable metas;
  private final SourceTable records;
  private final List<String> leftOut;

  /**
   * @param delivery the delivery of a sync mode that does not say it
   * @throws InvalidInputException if the file has another layout, or a format that is not known
   */
  public KynetaFile(ForeignFile file, SourceLayout.Names names, String delivery) {
    this.file = file;
    this.delivery = InputRules.requireName("--delivery", delivery);
    SourceLayout layout = new SourceLayout("kyneta", file, names).expecting(METAS, RECORDS, STORE);
    this.metas = layout.require(METAS);
    this.records = layout.require(RECORDS);
    layout.find(STORE, List.of()).ifPresent(this::requireKnownFormat);
    layout.requireAllNamesUsed();
    this.leftOut = layout.unreadTables();
  }

  private void requireKnownFormat(SourceTable store) {
    try (ForeignFile.Rows rows =
        file.rows(
            sql ->
                sql.select(store.column(VALUE))
                    .from(store.from())
                    .where(store.column(KEY, String.class).eq(FORMAT)))) {
      if (rows.hasNext()) {
        String format = SourceTable.text(rows.next(), 0, FORMAT);
        if (major(format) != KNOWN_FORMAT) {
          throw new InvalidInputException(
              "%s has the format %s of kyneta; expected one whose major version is %s"
                  .formatted(file.path(), format, KNOWN_FORMAT));
        }
      }
    }
  }

  private static int major(String format) {
    try {
      return JsonParts.tree(format).path("major").asInt(-1);
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public List<String> leftOut() {
    return leftOut;
  }

  @Override
  @MustBeClosed
  public SourceRows<Meta> metas() {
    return new SourceRows<>(
        file.rows(
            sql ->
                sql.select(metas.column(DOC_ID), metas.column(DATA))
                    .from(metas.from())
                    .orderBy(metas.column(DOC_ID))),
        row ->
            SourceRow.of(
                metas.name(),
                SourceTable.id(row, 0),
                -1,
                0,
                () -> {
                  InputRules.requireName("document id", SourceTable.text(row, 0, DOC_ID));
                  return KynetaJson.meta(tree(row, 1, DATA), delivery);
                }));
  }

  @Override
  @MustBeClosed
  public SourceRows<DocumentRecord> records() {
    Deliveries deliveries = new Deliveries();
    return SourceRows.byNumber(
        file,
        records,
        List.of(
            records.column(DOC_ID),
            records.column(SEQ),
            records.column(KIND),
            records.column(PAYLOAD),
            records.column(BLOB)),
        row -> record(row, deliveries));
  }

  private static DocumentRecord record(Record row, Deliveries deliveries) throws IOException {
    String docId = InputRules.requireName("document id", SourceTable.text(row, 0, DOC_ID));
    String kind = SourceTable.text(row, 2, KIND);
    JsonNode payload = tree(row, 3, PAYLOAD);
    return switch (kind) {
      case "meta" -> deliveries.kept(docId, KynetaJson.meta(payload, deliveries.last(docId)));
      case "entry" -> KynetaJson.entry(payload, blob(row));
      default ->
          throw new InvalidInputException(
              "its kind is \"%s\"; expected meta or entry".formatted(kind));
    };
  }

  private static byte @Nullable [] blob(Record row) {
    Object blob = row.get(4);
    if (blob == null || blob instanceof byte[]) {
      return (byte[]) blob;
    }
    throw new InvalidInputException(
        "%s is %s; expected bytes or NULL".formatted(BLOB, SourceTable.shown(blob)));
  }

  private static JsonNode tree(Record row, int index, String column) throws IOException {
    return JsonParts.tree(SourceTable.text(row, index, column));
  }

  /** What the metas of a document say about delivery, for the later ones that do not say it. */
  private final class Deliveries {

    private String docId = "";
    private Optional<String> last = Optional.empty();

    String last(String of) {
      return docId.equals(of) ? last.orElse(delivery) : delivery;
    }

    Meta kept(String of, Meta meta) {
      docId = of;
      last = Optional.of(meta.syncMode().delivery());
      return meta;
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
