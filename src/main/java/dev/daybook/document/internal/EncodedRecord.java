package dev.daybook.document.internal;

import dev.daybook.document.DocumentRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record with all that it takes to write it, made before the caller waits for the writer. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record EncodedRecord(DocumentRecord record, String payload, byte @Nullable [] blob, long checksum) {

  static List<EncodedRecord> all(String docId, List<? extends DocumentRecord> records) {
    return records.stream().map(record -> of(docId, record)).toList();
  }

  private static EncodedRecord of(String docId, DocumentRecord record) {
    String payload = DocumentRows.payload(record);
    byte[] blob = DocumentRows.blob(record);
    return new EncodedRecord(
        record,
        payload,
        blob,
        DocumentRows.checksum(docId, DocumentRows.kind(record), payload, blob));
  }

  /** About how much memory it takes. */
  long bytes() {
    return payload.length() + (blob == null ? 0L : blob.length);
  }
}
