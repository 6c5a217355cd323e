package dev.daybook.cli.importing.foreign;

import dev.daybook.document.DocumentRecord;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.internal.rows.RowHash;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.Metadata;
import dev.daybook.snapshot.internal.SnapshotRows;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts and hashes what one stream or document has, in a source or in a store alike. */
final class ContentHash {

  private final RowHash events = new RowHash();
  private final SortedMap<Long, String> snapshots = new TreeMap<>();
  private final RowHash records = new RowHash();
  private @Nullable String tombstone;
  private long eventCount;
  private long tagCount;
  private long recordCount;

  void event(long seq, Instant time, List<String> tags, Metadata metadata, EncodedEvent data) {
    eventCount++;
    tagCount += tags.size();
    events.add(
        Arrays.asList(
            seq,
            time.toEpochMilli(),
            data.type(),
            data.schemaVersion(),
            data.codec(),
            data.compression(),
            data.keyId(),
            data.payload()));
    events.add(tags.size());
    tags.forEach(tag -> events.add(List.<Object>of(tag)));
    events.add(metadata.entries().size());
    metadata.entries().forEach((name, value) -> events.add(List.<Object>of(name, value)));
  }

  /** Snapshots may come in any order. */
  void snapshot(SnapshotRows.Stored snapshot) {
    RowHash one = new RowHash();
    one.add(
        Arrays.asList(
            snapshot.seq(),
            snapshot.time().toEpochMilli(),
            snapshot.schemaVersion(),
            snapshot.codec(),
            snapshot.payload().compression(),
            snapshot.payload().keyId(),
            snapshot.payload().bytes()));
    snapshots.put(snapshot.seq(), one.hex());
  }

  /** It is tombstoned, for a reason that may be empty. */
  void tombstone(String reason) {
    tombstone = reason;
  }

  void record(DocumentRecord record) {
    recordCount++;
    if (record instanceof Meta meta) {
      records.add(
          List.<Object>of(
              meta.replicaType().name(),
              meta.replicaType().major(),
              meta.replicaType().minor(),
              meta.syncMode().writerModel(),
              meta.syncMode().delivery(),
              meta.syncMode().durability(),
              meta.schemaHash()));
    } else if (record instanceof Entry entry) {
      records.add(
          Arrays.asList(entry.kind().name(), entry.version(), entry.lineage(), data(entry.data())));
    }
  }

  private static Object data(EntryData data) {
    return data instanceof EntryData.Binary binary
        ? binary.bytes()
        : ((EntryData.Json) data).text();
  }

  /** The counts and the hash of a stream; to be asked for once. */
  OfOne ofStream(String id, long mark) {
    RowHash all = new RowHash();
    all.add(List.<Object>of(id, mark, events.hex()));
    snapshots.values().forEach(snapshot -> all.add(List.<Object>of(snapshot)));
    if (tombstone != null) {
      all.add(List.<Object>of("tombstone", tombstone));
    }
    return new OfOne(
        eventCount, tagCount, snapshots.size(), tombstone == null ? 0 : 1, 0, all.hex());
  }

  /** The counts and the hash of a document; to be asked for once. */
  OfOne ofDocument(String id) {
    RowHash all = new RowHash();
    all.add(List.<Object>of(id, records.hex()));
    return new OfOne(0, 0, 0, 0, recordCount, all.hex());
  }

  /** What one stream or document has. */
  record OfOne(long events, long tags, long snapshots, long tombstones, long records, String hash) {

    long rows() {
      return events + snapshots + tombstones + records;
    }
  }
}
