package dev.daybook.cli.importing.foreign.sources;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.connections.ForeignFile;
import dev.daybook.internal.input.InputRules;
import dev.daybook.internal.json.StoredJson;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.NewEvent;
import dev.daybook.snapshot.internal.EncodedSnapshots;
import dev.daybook.snapshot.internal.SnapshotRows;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The SQLite files of actor-ts: a journal, and snapshots in the same file or in their own. */
public final class ActorTsFile implements ForeignSource {

  private static final String PID = "pid";
  private static final String SEQ = "seq";
  private static final String EVENT = "event";
  private static final String STATE = "state";
  private static final String TIME = "ts";
  private static final String TAGS = "tags";
  private static final String TAG = "tag";
  private static final String DELETED_TO = "deleted_to";
  private static final String TEXT = "text";
  private static final String BLOB = "blob";

  private static final SourceTable.Column OF_STREAM =
      SourceTable.Column.required(PID, "persistence_id");
  private static final SourceTable.Column NUMBER = SourceTable.Column.required(SEQ, "sequence_nr");
  private static final SourceTable.Column WHEN = SourceTable.Column.required(TIME, "timestamp");

  private static final SourceTable.Layout EVENTS =
      SourceTable.Layout.required(
          "events",
          List.of(),
          OF_STREAM,
          NUMBER,
          SourceTable.Column.required(EVENT, "payload"),
          WHEN,
          SourceTable.Column.optional(TAGS));
  private static final SourceTable.Layout EVENTS_TAGS =
      SourceTable.Layout.optional(
          "events_tags",
          List.of(),
          OF_STREAM,
          NUMBER,
          SourceTable.Column.required(TAG),
          SourceTable.Column.optional(TIME, "timestamp"));
  private static final SourceTable.Layout EVENTS_META =
      SourceTable.Layout.optional(
          "events_meta", List.of(), OF_STREAM, SourceTable.Column.required(DELETED_TO));
  private static final SourceTable.Layout SNAPSHOTS =
      SourceTable.Layout.optional(
          "snapshots",
          List.of(),
          OF_STREAM,
          NUMBER,
          SourceTable.Column.required(STATE, "payload"),
          WHEN);

  private final ForeignFile file;
  private final @Nullable ForeignFile snapshotFile;
  private final EventNames types;
  private final SourceTable events;
  private final Optional<SourceTable> tags;
  private final Optional<SourceTable> meta;
  private final Optional<SourceTable> snapshots;
  private final WrittenOrder order;
  private final List<String> leftOut;

  /**
   * @param snapshotFile the snapshots' own file; {@code null} if they are in the same one
   * @throws InvalidInputException if the files have another layout
   */
  public ActorTsFile(
      ForeignFile file,
      @Nullable ForeignFile snapshotFile,
      SourceLayout.Names names,
      EventNames types) {
    this.file = file;
    this.snapshotFile = snapshotFile;
    this.types = types;
    SourceLayout layout = layout(file, names);
    this.events = layout.require(EVENTS);
    this.tags = layout.find(EVENTS_TAGS, List.of(events.name() + "_tags"));
    this.meta = layout.find(EVENTS_META, List.of(events.name() + "_meta"));
    if (snapshotFile == null) {
      this.snapshots = layout.find(SNAPSHOTS, List.of());
      layout.requireAllNamesUsed();
    } else {
      SourceLayout own = layout(snapshotFile, names);
      this.snapshots = Optional.of(own.require(SNAPSHOTS));
    }
    this.leftOut = layout.unreadTables();
    this.order =
        new WrittenOrder(
            file, events.from(), events.column(PID), events.column(SEQ), events.rowNumber());
  }

  private static SourceLayout layout(ForeignFile file, SourceLayout.Names names) {
    return new SourceLayout("actor-ts", file, names)
        .expecting(EVENTS, EVENTS_TAGS, EVENTS_META, SNAPSHOTS);
  }

  @Override
  public List<String> leftOut() {
    return leftOut;
  }

  @Override
  @MustBeClosed
  public SourceRows<Long> marks() {
    return SourceRows.byId(
        file,
        meta,
        PID,
        table -> table.column(DELETED_TO),
        row -> {
          InputRules.requireName("stream id", SourceTable.text(row, 0, PID));
          return InputRules.requireNotNegative(DELETED_TO, SourceTable.number(row, 1, DELETED_TO));
        });
  }

  @Override
  @MustBeClosed
  public SourceRows<SourceEvent> events(Order by) {
    List<Field<?>> columns =
        List.of(
            events.column(PID),
            events.column(SEQ),
            events.kind(EVENT),
            events.bytes(EVENT),
            events.column(TIME),
            events.has(TAGS) ? events.column(TAGS) : DSL.inline((String) null),
            tags.map(this::tagsOfEvent).orElse(DSL.inline((JSON) null)));
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

  private Field<JSON> tagsOfEvent(SourceTable table) {
    return DSL.field(
        DSL.select(DSL.jsonArrayAgg(table.column(TAG)))
            .from(table.from())
            .where(table.column(PID).eq(events.column(PID)))
            .and(table.column(SEQ).eq(events.column(SEQ))));
  }

  private SourceEvent event(Record row) throws IOException {
    String pid = InputRules.requireName("stream id", SourceTable.text(row, 0, PID));
    byte[] json = json(row.get(2, String.class), row.get(3, byte[].class), EVENT);
    EncodedEvent data = new EncodedEvent(types.of(json), EncodedEvent.JSON, json);
    return new SourceEvent(
        pid,
        SourceTable.number(row, 1, SEQ),
        NewEvent.of(data)
            .at(Instant.ofEpochMilli(SourceTable.number(row, 4, TIME)))
            .tagged(tags(SourceTable.optionalText(row, 5, TAGS), row.get(6, JSON.class))),
        null);
  }

  /** JSON as it is stored: as a text, or as its bytes. */
  private static byte[] json(@Nullable String kind, byte @Nullable [] bytes, String what)
      throws IOException {
    if (bytes == null || !(TEXT.equals(kind) || BLOB.equals(kind))) {
      throw new InvalidInputException("%s is %s; expected JSON".formatted(what, kind));
    }
    JsonParts.requireJson(bytes);
    return bytes;
  }

  /**
   * The tags of an event: those in the column, in their order, and those in the table. The column
   * separates them by commas, so a tag in the table that has a comma is not taken apart.
   */
  private static Set<String> tags(@Nullable String column, @Nullable JSON table)
      throws IOException {
    List<String> inTable =
        table == null ? List.of() : StoredJson.texts(table.data()).stream().sorted().toList();
    List<String> parts =
        new ArrayList<>(column == null ? List.of() : Arrays.asList(column.split(",", -1)));
    for (String tag : inTable) {
      if (tag.indexOf(',') >= 0) {
        parts.removeAll(Arrays.asList(tag.split(",", -1)));
      }
    }
    Set<String> all = new LinkedHashSet<>(parts);
    all.addAll(inTable);
    all.remove("");
    return all;
  }

  @Override
  @MustBeClosed
  public SourceRows<SnapshotRows.Stored> snapshots() {
    if (snapshots.isEmpty()) {
      return SourceRows.none();
    }
    SourceTable table = snapshots.get();
    return SourceRows.byNumber(
        snapshotFile == null ? file : snapshotFile,
        table,
        List.of(
            table.column(PID),
            table.column(SEQ),
            table.kind(STATE),
            table.bytes(STATE),
            table.column(TIME)),
        ActorTsFile::snapshot);
  }

  private static SnapshotRows.Stored snapshot(Record row) throws IOException {
    return new SnapshotRows.Stored(
        InputRules.requireName("stream id", SourceTable.text(row, 0, PID)),
        SourceTable.number(row, 1, SEQ),
        1,
        EncodedEvent.JSON,
        Instant.ofEpochMilli(SourceTable.number(row, 4, TIME)),
        EncodedSnapshots.plain(json(row.get(2, String.class), row.get(3, byte[].class), STATE)),
        null,
        null);
  }

  @Override
  public void close() {
    file.close();
    if (snapshotFile != null) {
      snapshotFile.close();
    }
  }
}
