package dev.daybook.cli.importing.foreign;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.Daybook;
import dev.daybook.document.DocumentException;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.DocumentStore;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Writes the documents of a source, many in one transaction, and a large one in several. Of a
 * document that is there in part, which an interrupted import has left, only the rest is written.
 */
final class DocumentImport implements SourceVisitor, AutoCloseable {

  private static final long BYTES_OF_A_RECORD = 256;

  /**
   * Is called after a transaction, with the number of documents that are whole since, and the last.
   */
  interface Listener {
    void written(long documents, String last);
  }

  private final Daybook daybook;
  private final DocumentStore store;
  private final Predicate<String> isSkipped;
  private final int batchSize;
  private final Listener listener;

  private final Map<String, List<DocumentRecord>> batch = new LinkedHashMap<>();
  private long bytes;
  private long whole;

  private String id = "";
  private boolean skips;
  private Stream<DocumentRecord> there = Stream.empty();
  private Iterator<DocumentRecord> left = there.iterator();

  /**
   * @param isSkipped which documents are not written
   * @param batchSize how many documents are written in a transaction at most
   */
  @MustBeClosed
  DocumentImport(Daybook daybook, Predicate<String> isSkipped, int batchSize, Listener listener) {
    this.daybook = daybook;
    this.store = daybook.documents();
    this.isSkipped = isSkipped;
    this.batchSize = batchSize;
    this.listener = listener;
  }

  @Override
  public void document(String docId) {
    id = docId;
    skips = isSkipped.test(docId);
    if (!skips && store.currentMeta(docId).isPresent()) {
      open(docId);
    }
  }

  /** The existing records are read beside those of the source. */
  @SuppressWarnings("MustBeClosedChecker") // Closed at the document's end, or with this.
  private void open(String docId) {
    there = store.loadAll(docId);
    left = there.iterator();
  }

  @Override
  public void record(DocumentRecord record) {
    if (skips) {
      return;
    }
    if (left.hasNext()) {
      requireSame(record.equals(left.next()));
      return;
    }
    batch.computeIfAbsent(id, docId -> new ArrayList<>()).add(record);
    bytes += bytes(record);
    if (bytes >= ForeignImporter.BATCH_BYTES) {
      write();
    }
  }

  @Override
  public void endDocument(String docId, boolean isGood) {
    if (!skips) {
      requireSame(!left.hasNext());
      there.close();
      whole++;
      if (whole >= batchSize) {
        write();
        listener.written(whole, docId);
        whole = 0;
      }
    }
  }

  /** Writes what is left. */
  void finish() {
    write();
  }

  private void requireSame(boolean isSame) {
    if (!isSame) {
      throw new DocumentException(id, "it is in the store already, with other records");
    }
  }

  private static long bytes(DocumentRecord record) {
    if (record instanceof Entry entry) {
      return BYTES_OF_A_RECORD
          + (entry.data() instanceof EntryData.Binary binary
              ? binary.bytes().length
              : 2L * ((EntryData.Json) entry.data()).text().length());
    }
    return BYTES_OF_A_RECORD;
  }

  private void write() {
    if (!batch.isEmpty()) {
      daybook.transaction(
          transaction -> {
            DocumentStore inside = store.within(transaction);
            batch.forEach(inside::append);
          });
      batch.clear();
      bytes = 0;
    }
  }

  @Override
  public void close() {
    there.close();
  }
}
