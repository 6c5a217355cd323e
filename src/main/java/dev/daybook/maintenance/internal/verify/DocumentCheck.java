package dev.daybook.maintenance.internal.verify;

import dev.daybook.document.DocumentDecodeException;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.internal.DocumentRows;
import dev.daybook.internal.rows.ContentChecksum;
import dev.daybook.internal.rows.PrefixRange;
import dev.daybook.internal.statements.Row;
import dev.daybook.maintenance.Finding.Kind;
import dev.daybook.maintenance.Progress.Step;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of each document against its meta. Both come by document id. */
final class DocumentCheck {

  private final Walk walk;
  private final VerifyStatements sql;

  private record MetaRow(String id, String data, Optional<String> change) {

    static MetaRow read(Row row) {
      String id = row.text(1);
      String data = row.text(2);
      long found = DocumentRows.checksum(id, data);
      return new MetaRow(id, data, ContentChecksum.difference(found, row.optionalNumber(3)));
    }
  }

  /**
   * A record as it was read.
   *
   * @param meta what it says, if it is a meta
   * @param flaw why it can't be read, or else how it differs from what was written
   */
  private record RecordRow(
      String id, long seq, Optional<String> meta, Kind kindOfFlaw, Optional<String> flaw) {

    static RecordRow read(Row row) {
      String id = DocumentRows.docId(row);
      long seq = DocumentRows.seq(row);
      Optional<String> meta = DocumentRows.metaData(row);
      try {
        DocumentRecord ignored = DocumentRows.read(id, row);
        return new RecordRow(id, seq, meta, Kind.RECORD_CHANGED, DocumentRows.change(id, row));
      } catch (DocumentDecodeException e) {
        return new RecordRow(
            id, seq, meta, Kind.RECORD_UNREADABLE, Optional.of("can't be read: " + e.getMessage()));
      }
    }
  }

  DocumentCheck(Walk walk, VerifyStatements sql) {
    this.walk = walk;
    this.sql = sql;
  }

  void run() {
    Walk.Steps steps = walk.steps(Step.DOCUMENTS, sql.countRecords);
    try (Rows<MetaRow> metas = walk.rows(Step.DOCUMENTS, sql.metas, MetaRow::read);
        Rows<RecordRow> records = walk.rows(Step.DOCUMENTS, sql.records, RecordRow::read)) {
      for (MetaRow meta = metas.poll(); meta != null; meta = metas.poll()) {
        findStrays(records, meta.id(), steps);
        check(meta, records, steps);
      }
      findStrays(records, null, steps);
    }
    steps.end();
  }

  private void findStrays(Rows<RecordRow> records, @Nullable String before, Walk.Steps steps) {
    String stray = "";
    RecordRow next = records.peek();
    while (next != null && (before == null || PrefixRange.compare(next.id(), before) < 0)) {
      if (!stray.equals(next.id())) {
        stray = next.id();
        add(Kind.DOCUMENT_META, stray, 0, "has records and no meta");
      }
      records.poll();
      steps.one();
      next = records.peek();
    }
  }

  /** The first number may be any: a replaced document continues its numbers. */
  private void check(MetaRow meta, Rows<RecordRow> records, Walk.Steps steps) {
    walk.findings().sawDocument();
    String last = null;
    long before = 0;
    for (RecordRow next = records.peek();
        next != null && next.id().equals(meta.id());
        next = records.peek()) {
      records.poll();
      steps.one();
      if (before > 0 && next.seq() > before + 1) {
        add(
            Kind.RECORD_MISSING,
            meta.id(),
            before + 1,
            "has no records between %s and %s".formatted(before, next.seq()));
      }
      before = next.seq();
      checkRecord(next);
      last = next.meta().orElse(last);
    }
    if (last == null) {
      add(Kind.DOCUMENT_META, meta.id(), 0, "has a meta, and no record that says so");
    } else if (!last.equals(meta.data())) {
      add(Kind.DOCUMENT_META, meta.id(), 0, "has a meta that its last meta record differs from");
    } else {
      meta.change()
          .ifPresent(change -> add(Kind.DOCUMENT_META, meta.id(), 0, "has a meta that " + change));
    }
  }

  private void checkRecord(RecordRow row) {
    row.flaw()
        .ifPresent(
            flaw ->
                add(
                    row.kindOfFlaw(),
                    row.id(),
                    row.seq(),
                    "has a record %s that %s".formatted(row.seq(), flaw)));
  }

  private void add(Kind kind, String docId, long seq, String text) {
    walk.findings().add(kind, docId, seq, "document \"%s\" %s".formatted(docId, text));
  }
}
