package dev.daybook.document.internal;

import dev.daybook.internal.groupcommit.Outcome;
import dev.daybook.internal.groupcommit.WriteRequest;
import java.util.List;

/** What one caller appends to a document, all or nothing. */
final class DocumentAppend implements WriteRequest {

  private final Outcome outcome = new Outcome();
  private final String docId;
  private final List<EncodedRecord> records;

  DocumentAppend(String docId, List<EncodedRecord> records) {
    this.docId = docId;
    this.records = records;
  }

  String docId() {
    return docId;
  }

  List<EncodedRecord> records() {
    return records;
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (EncodedRecord record : records) {
      bytes += record.bytes();
    }
    return bytes;
  }

  @Override
  public Outcome outcome() {
    return outcome;
  }
}
