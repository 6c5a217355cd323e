package dev.daybook.maintenance.internal;

import dev.daybook.internal.sql.PrefixRange;
import dev.daybook.internal.sql.Row;
import dev.daybook.maintenance.Finding.Kind;
import dev.daybook.maintenance.Progress.Step;
import org.jspecify.annotations.Nullable;

/** The records of each document against its meta. Both come by document id. */
final class DocumentCheck {

  private static final String META = "meta";
  private static final String ENTRY = "entry";

  private final Walk walk;
  private final VerifyStatements sql;

  private record MetaRow(String id, String data) {}

  private record RecordRow(String id, long seq, String kind, String payload) {

    static RecordRow read(Row row) {
      return new RecordRow(row.text(1), row.number(2), row.text(3), row.text(4));
    }
  }

  DocumentCheck(Walk walk, VerifyStatements sql) {
    this.walk = walk;
    this.sql = sql;
  }

  void run() {
    Walk.Steps steps = walk.steps(Step.DOCUMENTS, sql.countRecords);
    try (Rows<MetaRow> metas = walk.rows(sql.metas, row -> new MetaRow(row.text(1), row.text(2)));
        Rows<RecordRow> records = walk.rows(sql.records, RecordRow::read)) {
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

  /** Where the numbers begin is left open: a replaced document goes on counting. */
  private void check(MetaRow meta, Rows<RecordRow> records, Walk.Steps steps) {
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
      last = next.kind().equals(META) ? next.payload() : last;
    }
    if (last == null) {
      add(Kind.DOCUMENT_META, meta.id(), 0, "has a meta, and no record that says so");
    } else if (!last.equals(meta.data())) {
      add(Kind.DOCUMENT_META, meta.id(), 0, "has a meta that its last meta record differs from");
    }
  }

  private void checkRecord(RecordRow row) {
    boolean known = row.kind().equals(META) || row.kind().equals(ENTRY);
    if (!known || !JsonShapes.isFlatObject(row.payload(), true)) {
      add(
          Kind.RECORD_UNREADABLE,
          row.id(),
          row.seq(),
          "has a record %s that can't be read: kind \"%s\", payload %s"
              .formatted(row.seq(), row.kind(), row.payload()));
    }
  }

  private void add(Kind kind, String docId, long seq, String text) {
    walk.findings().add(kind, docId, seq, "document \"%s\" %s".formatted(docId, text));
  }
}
