package dev.daybook.cli.importing.foreign.sources;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.cli.importing.EpochUnit;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.connections.ForeignFile;
import dev.daybook.internal.input.InputRules;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.snapshot.internal.EncodedSnapshots;
import dev.daybook.snapshot.internal.SnapshotRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The SQLite files of eskit. Its tables are not documented whole: the names here are those of its
 * API, and what is called otherwise in a file is named by options.
 */
public final class EskitFile implements ForeignSource {

  private static final String ID = "id";
  private static final String STREAM = "stream_id";
  private static final String VERSION = "version";
  private static final String TYPE = "event_type";
  private static final String DATA = "data";
  private static final String STATE = "state";
  private static final String TIME = "timestamp";
  private static final String CREATED = "created_at";
  private static final String CODEC = "codec";
  private static final String METADATA = "metadata";
  private static final String KEY = "idempotency_key";
  private static final String SCHEMA = "schema_version";
  private static final String CONSUMER = "consumer";
  private static final String SEQUENCE = "sequence";
  private static final String UPDATED = "updated_at";
  private static final String REASON = "reason";
  private static final String JSON_ITERATOR = "jsoniter";

  private static final SourceTable.Layout EVENTS =
      SourceTable.Layout.required(
          "events",
          List.of(),
          SourceTable.Column.required(ID),
          SourceTable.Column.required(STREAM),
          SourceTable.Column.required(VERSION),
          SourceTable.Column.required(TYPE),
          SourceTable.Column.required(DATA),
          SourceTable.Column.required(TIME),
          SourceTable.Column.optional(CODEC),
          SourceTable.Column.optional(METADATA),
          SourceTable.Column.optional(KEY),
          SourceTable.Column.optional(SCHEMA));
  private static final SourceTable.Layout SNAPSHOTS =
      SourceTable.Layout.optional(
          "snapshots",
          List.of(),
          SourceTable.Column.required(STREAM),
          SourceTable.Column.required(VERSION),
          SourceTable.Column.required(STATE),
          SourceTable.Column.required(SCHEMA),
          SourceTable.Column.required(CREATED));

  private static final SourceTable.Layout CHECKPOINTS =
      SourceTable.Layout.optional(
          "checkpoints",
          List.of(),
          SourceTable.Column.required(CONSUMER, "consumer_id", "subscription", "name"),
          SourceTable.Column.required(SEQUENCE, "last_sequence", "position"),
          SourceTable.Column.optional(UPDATED));
  private static final SourceTable.Layout TOMBSTONES =
      SourceTable.Layout.optional(
          "tombstones",
          List.of(),
          SourceTable.Column.required(STREAM),
          SourceTable.Column.optional(REASON),
          SourceTable.Column.optional("tombstoned_at", CREATED, "deleted_at"));

  private final ForeignFile file;
  private final @Nullable EpochUnit unit;
  private final SourceTable events;
  private final Optional<SourceTable> snapshots;
  private final Optional<SourceTable> checkpoints;
  private final Optional<SourceTable> tombstones;
  private final WrittenOrder order;
  private final List<String> leftOut;

  /**
   * @param unit the unit of times that are numbers; {@code null} if there should be none
   * @throws InvalidInputException if the file has another layout
   */
  public EskitFile(ForeignFile file, SourceLayout.Names names, @Nullable EpochUnit unit) {
    this.file = file;
    this.unit = unit;
    SourceLayout layout =
        new SourceLayout("eskit", file, names)
            .expecting(EVENTS, SNAPSHOTS, CHECKPOINTS, TOMBSTONES);
    this.events = layout.require(EVENTS);
    this.snapshots = layout.find(SNAPSHOTS, List.of());
    this.checkpoints = layout.find(CHECKPOINTS, List.of());
    this.tombstones = layout.find(TOMBSTONES, List.of());
    layout.requireAllNamesUsed();
    this.leftOut = layout.unreadTables();
    this.order =
        new WrittenOrder(
            file,
            events.from(),
            events.column(STREAM),
            events.column(VERSION),
            events.column(ID, Long.class));
  }

  @Override
  public List<String> leftOut() {
    return leftOut;
  }

  @Override
  @MustBeClosed
  public SourceRows<SourceEvent> events(Order by) {
    List<Field<?>> columns = new ArrayList<>();
    columns.add(events.column(STREAM));
    columns.add(events.column(VERSION));
    columns.add(events.column(TYPE));
    columns.add(events.bytes(DATA));
    columns.add(events.column(TIME));
    for (String optional : List.of(CODEC, METADATA, KEY, SCHEMA)) {
      columns.add(events.has(optional) ? events.column(optional) : DSL.inline((String) null));
    }
    WrittenOrder.Places places = order.new Places();
    return new SourceRows<>(
        order.rows(columns, by),
        row ->
            SourceRow.of(
                events.name(),
                SourceTable.id(row, 0),
                SourceTable.seq(row, 1),
                places.of(row, columns.size()),
                () -> event(row)));
  }

  private SourceEvent event(Record row) throws IOException {
    String stream = InputRules.requireName("stream id", SourceTable.text(row, 0, STREAM));
    String codec = codec(SourceTable.optionalText(row, 5, CODEC));
    byte[] data = data(row, 3, codec, DATA);
    EncodedEvent event =
        new EncodedEvent(
            SourceTable.text(row, 2, TYPE), schemaVersion(row, 8), codec, data, null, null);
    String key = SourceTable.optionalText(row, 7, KEY);
    return new SourceEvent(
        stream,
        SourceTable.number(row, 1, VERSION),
        NewEvent.of(event)
            .at(SourceTime.of(row.get(4), unit, TIME))
            .withMetadata(metadata(text(row, 6))),
        key == null || key.isEmpty() ? null : InputRules.requireName(KEY, key));
  }

  /** Both of its codecs for JSON write the same. */
  private static String codec(@Nullable String name) {
    return name == null || name.isEmpty() || name.equals(JSON_ITERATOR) ? EncodedEvent.JSON : name;
  }

  private static byte[] data(Record row, int index, String codec, String column)
      throws IOException {
    byte[] data = row.get(index, byte[].class);
    if (data == null) {
      throw new InvalidInputException(column + " is NULL; expected the data");
    }
    if (codec.equals(EncodedEvent.JSON)) {
      JsonParts.requireJson(data);
    }
    return data;
  }

  private static int schemaVersion(Record row, int index) {
    if (row.get(index) == null) {
      return 1;
    }
    long version = SourceTable.number(row, index, SCHEMA);
    if (version < 0 || version > Integer.MAX_VALUE) {
      throw new InvalidInputException(
          "%s is %s; expected 0 to %s".formatted(SCHEMA, version, Integer.MAX_VALUE));
    }
    // One that was never set is 0 there.
    return Math.max((int) version, 1);
  }

  private static @Nullable String text(Record row, int index) {
    return row.get(index) instanceof byte[] bytes
        ? JsonParts.text(bytes)
        : SourceTable.optionalText(row, index, METADATA);
  }

  private static Metadata metadata(@Nullable String json) throws IOException {
    return json == null || json.isEmpty() ? Metadata.none() : new Metadata(JsonParts.texts(json));
  }

  @Override
  @MustBeClosed
  public SourceRows<SnapshotRows.Stored> snapshots() {
    if (snapshots.isEmpty()) {
      return SourceRows.none();
    }
    SourceTable table = snapshots.get();
    return SourceRows.byNumber(
        file,
        table,
        List.of(
            table.column(STREAM),
            table.column(VERSION),
            table.bytes(STATE),
            table.column(SCHEMA),
            table.column(CREATED)),
        row ->
            new SnapshotRows.Stored(
                InputRules.requireName("stream id", SourceTable.text(row, 0, STREAM)),
                SourceTable.number(row, 1, VERSION),
                schemaVersion(row, 3),
                EncodedEvent.JSON,
                SourceTime.of(row.get(4), unit, CREATED),
                EncodedSnapshots.plain(data(row, 2, EncodedEvent.JSON, STATE)),
                null,
                null));
  }

  @Override
  @MustBeClosed
  public SourceRows<String> tombstones() {
    return SourceRows.byId(
        file,
        tombstones,
        STREAM,
        table -> table.has(REASON) ? table.column(REASON) : DSL.inline((String) null),
        row -> {
          String why = SourceTable.optionalText(row, 1, REASON);
          return why == null || why.isBlank() ? "" : InputRules.requireReason(why);
        });
  }

  @Override
  @MustBeClosed
  public SourceRows<Long> checkpoints() {
    return SourceRows.byId(
        file, checkpoints, CONSUMER, table -> table.column(SEQUENCE), this::sequence);
  }

  private long sequence(Record row) {
    InputRules.requireName(CONSUMER, SourceTable.text(row, 0, CONSUMER));
    if (!order.isOfNumber()) {
      throw new InvalidInputException(
          "%s can't be found among the events, whose %s contradicts the order of a stream"
              .formatted(SEQUENCE, ID));
    }
    return InputRules.requireNotNegative(SEQUENCE, SourceTable.number(row, 1, SEQUENCE));
  }

  @Override
  public void close() {
    file.close();
  }
}
