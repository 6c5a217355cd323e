package dev.daybook.cli.importing.foreign;

import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.internal.rows.RowHash;
import java.util.List;

/** How much of a source there is to import, or has been imported, and a hash over all of it. */
record ImportedContent(
    long streams,
    long events,
    long tags,
    long snapshots,
    long tombstones,
    long checkpoints,
    long documents,
    long records,
    String hash) {

  /** Adds up streams and documents. */
  static final class Sum {

    private final RowHash hash = new RowHash();
    private long streams;
    private long events;
    private long tags;
    private long snapshots;
    private long tombstones;
    private long checkpoints;
    private long documents;
    private long records;

    void stream(ContentHash.OfOne stream) {
      streams++;
      events += stream.events();
      tags += stream.tags();
      snapshots += stream.snapshots();
      tombstones += stream.tombstones();
      hash.add(List.<Object>of(stream.hash()));
    }

    void checkpoint(String consumer, long place) {
      checkpoints++;
      hash.add(List.<Object>of(consumer, place));
    }

    void document(ContentHash.OfOne document) {
      documents++;
      records += document.records();
      hash.add(List.<Object>of(document.hash()));
    }

    long events() {
      return events;
    }

    /** What was added; to be asked for once. */
    ImportedContent content() {
      return new ImportedContent(
          streams,
          events,
          tags,
          snapshots,
          tombstones,
          checkpoints,
          documents,
          records,
          hash.hex());
    }
  }

  String line() {
    return String.join(
        ", ",
        ResultPrinter.count(streams, "stream"),
        ResultPrinter.count(events, "event"),
        ResultPrinter.count(tags, "tag"),
        ResultPrinter.count(snapshots, "snapshot"),
        ResultPrinter.count(tombstones, "tombstone"),
        ResultPrinter.count(checkpoints, "checkpoint"),
        ResultPrinter.count(documents, "document"),
        ResultPrinter.count(records, "record"),
        "SHA-256 " + hash);
  }
}
