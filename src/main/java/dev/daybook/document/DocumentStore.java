package dev.daybook.document;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Configuration;

/**
 * Append-only documents. A document is a sequence of records, of which the first is a {@link Meta}:
 * its {@link Entry entries} are its content, in order. Compacting it means replacing all its
 * records at once.
 *
 * <p>Every write is all or nothing and visible as a whole: no reader sees a meta without its
 * record, or a part of a replacement. Appends from several threads and processes keep every record,
 * each writer's in its own order. Those that wait at the same time share a transaction, as appends
 * to {@linkplain dev.daybook.journal.Journal the journal} do; on SQLite with them, on PostgreSQL
 * single entries among themselves.
 *
 * <p>A stored record that can't be read is a {@link DocumentDecodeException}, by the calls that
 * have to read it: by {@link #loadAll} and its stream, {@link #currentMeta}, and whatever writes
 * another meta.
 *
 * <p>Safe for use by several threads; every method may block for the database. A store got from
 * {@link #within} belongs to its transaction's thread. {@link dev.daybook.settings.Limits} says
 * which ids are valid. {@code null} is refused with a {@link NullPointerException}; every method
 * throws {@link dev.daybook.error.ClosedException} after the {@link dev.daybook.Daybook} was
 * closed, and the exceptions of opening and of a busy database as the journal does.
 */
public interface DocumentStore {

  /**
   * Appends a record. A meta becomes the document's current one.
   *
   * @throws DocumentException if an entry comes before any meta, or a meta has another replica type
   *     name, major version or sync mode than the document
   */
  void append(String docId, DocumentRecord record);

  /**
   * Appends records in order, all or none.
   *
   * @throws DocumentException as with a single one
   */
  void append(String docId, List<? extends DocumentRecord> records);

  /**
   * The document's records in the order in which they were appended; none for an unknown document.
   * Read one by one, with as many in memory as {@link dev.daybook.journal.Journal#stream} has
   * events, and as the document was when the read began; a database in memory copies the rows out
   * first. The stream holds a connection until it is closed or has been read to its end: close it.
   */
  @MustBeClosed
  Stream<DocumentRecord> loadAll(String docId);

  /**
   * Swaps all records of a document for others, or makes it. The first of them is a meta. Of the
   * metas among them the last is the current one from then on.
   *
   * @throws DocumentException if the first of them is not a meta, or a meta contradicts the
   *     document or an earlier meta among them
   */
  void replace(String docId, List<? extends DocumentRecord> records);

  /**
   * Removes a document with all its records.
   *
   * @return whether it was there
   */
  @CanIgnoreReturnValue
  boolean delete(String docId);

  /** The document's last meta; empty for an unknown document. */
  Optional<Meta> currentMeta(String docId);

  /**
   * The ids that start with a prefix, in the order of their code points; an empty prefix for all.
   * The prefix is taken literally, upper and lower case apart. Read one by one; to be closed.
   */
  @MustBeClosed
  Stream<String> listDocIds(String prefix);

  /**
   * One page of {@link #listDocIds(String)}. Costs what it returns.
   *
   * @param prefix empty for all
   * @param after the last id of the page before; empty for the first page
   * @param limit how many at the most
   */
  List<String> listDocIds(String prefix, String after, int limit);

  /**
   * The same store inside the caller's jOOQ transaction; see {@link
   * dev.daybook.journal.Journal#within}.
   */
  DocumentStore within(Configuration transaction);
}
