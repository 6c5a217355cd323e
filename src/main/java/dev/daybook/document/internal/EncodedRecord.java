package dev.daybook.document.internal;

import dev.daybook.document.DocumentRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record with all that it takes to write it, made before anybody waits for the writer. */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record EncodedRecord(DocumentRecord record, String payload, byte @Nullable [] blob) {

  static List<EncodedRecord> all(List<? extends DocumentRecord> records) {
    return records.stream().map(EncodedRecord::of).toList();
  }

  private static EncodedRecord of(DocumentRecord record) {
    return new EncodedRecord(record, DocumentRows.payload(record), DocumentRows.blob(record));
  }

  /** About how much memory it takes. */
  long bytes() {
    return payload.length() + (blob == null ? 0L : blob.length);
  }
}
