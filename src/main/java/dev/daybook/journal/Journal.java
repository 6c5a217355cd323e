package dev.daybook.journal;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.codec.Codecs;
import dev.daybook.error.EventDecodeException;
import dev.daybook.error.EventEncodeException;
import dev.daybook.payload.PayloadOptions;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Configuration;

/**
 * An append-only journal of events in streams.
 *
 * <p><b>Numbers.</b> A stream's events are numbered 1, 2, 3, … without holes; a number is never
 * given twice, also after deletes. Across streams every event has a position, strictly increasing
 * in the order in which readers can see events: who has read up to a position never later finds a
 * new event at or below it.
 *
 * <p><b>Visibility.</b> An append returns after its commit, and every later read sees it. A read
 * sees the journal as it was when the read began, whatever is appended or deleted meanwhile. On
 * PostgreSQL, where several transactions append at a time, a read across streams ends before the
 * first position that a transaction in progress may still fill, although later ones are committed;
 * the next read goes on there. Only transactions that have appended to this store themselves hold
 * readers back, until they end. Reads of one stream never wait for that.
 *
 * <p><b>Transactions as a whole.</b> A read across streams shows the events that were written
 * together all or not at all: those of one append, those of one {@link #appendAll}, and those that
 * a caller's transaction has appended. So where a read would end between two events of one
 * transaction, it ends before the first of them. On PostgreSQL this has a price: transactions that
 * append several times, and overlap each other without a pause, hold readers back until there is a
 * moment at which none of them is between its first append and its last. One {@link #appendAll}
 * instead of several appends takes all its positions in one such moment. A caller's transaction
 * that reads across streams sees its own events up to where the others hold it back.
 *
 * <p><b>Threads.</b> Safe for use by several threads, and every method may block for the database:
 * writers wait for each other, on PostgreSQL those of one stream only; readers wait for nobody (in
 * memory, where there is one connection, they wait for a write that is going on). A journal got
 * from {@link #within} belongs to its transaction's thread.
 *
 * <p><b>Appends at the same time.</b> On SQLite, appends that wait for the writer share a
 * transaction, in the order of their arrival, and each returns after its commit with an outcome of
 * its own: a conflict is one caller's, and a statement that fails lets them be written one by one.
 * Only if the transaction can't begin, or its commit fails, do all fail that share it; after a
 * failed commit, as always, nobody can say whether it took effect. An append that is alone waits
 * for nobody. Callers who have shared a transaction often append again at once: the next
 * transaction may wait half a millisecond for them. An append {@linkplain #within(Configuration)
 * inside a transaction} shares it with nobody. An interrupt does not take an append back: it goes
 * on, returns its outcome, and the thread is still interrupted. When the Daybook is closed, appends
 * that are being written return their outcome, and those that still wait are written or end with a
 * {@code ClosedException}, which means that nothing of them is. At most 64 MiB of appends wait,
 * each counted as 4 KiB at least, and 4 MiB share a transaction; who finds no room waits for it.
 * What encrypts or decodes an event may be called by another caller's thread.
 *
 * <p>On PostgreSQL one transaction of appends goes on at a time; those who come meanwhile wait, as
 * above, and share the next: one statement, and each an outcome of its own. If the server refuses
 * it, each is written alone; if its answer is lost, all who shared it are told. It waits for 100
 * milliseconds at most for each stream that somebody else keeps locked; after that, all go on alone
 * for a second, and only those wait who want that stream. Nor does anybody wait longer than 20
 * milliseconds for one that is under way: then the next begins beside it. Appends with an
 * idempotency key, to several streams, or with encrypted events that are not expected at one
 * sequence number are not among them: each is a transaction of its own, at once.
 *
 * <p><b>States.</b> A stream that is archived, tombstoned or deleted refuses what {@code
 * dev.daybook.stream.Streams} says with a {@link StreamStateException}: appends, {@link #delete}
 * and {@link #raiseHighWaterMark}, and, unless it is only archived, every {@link StreamQuery}.
 *
 * <p>Arguments are checked before anything is written; {@link dev.daybook.settings.Limits} says
 * what is accepted, and {@link dev.daybook.error.InvalidInputException} what was wrong. {@code
 * null} is refused with a {@link NullPointerException}. Every method throws {@link
 * dev.daybook.error.ClosedException} after the {@link dev.daybook.Daybook} was closed, {@link
 * dev.daybook.error.DatabaseBusyException} if another connection held the database for longer than
 * the busy timeout, {@link dev.daybook.error.TransactionConflictException} if transactions got in
 * each other's way again and again, {@link dev.daybook.error.ConnectionLostException} if the
 * database's server can't be reached, {@link dev.daybook.error.StandbyException} if a read was led
 * to a standby of that server, and {@link dev.daybook.error.OpenException} if this is the first use
 * and the database can't be opened.
 *
 * @param <E> the type of the events
 */
public interface Journal<E> {

  /**
   * Appends one event.
   *
   * @return the event as it was recorded
   * @throws ConflictException if the stream is not where it was expected
   * @throws StreamStateException if the stream is not active
   * @throws EventEncodeException if the event can't be encoded
   */
  @CanIgnoreReturnValue
  RecordedEvent<E> append(String streamId, ExpectedSeq expected, E event);

  /**
   * Appends one event with tags, metadata or a time of its own.
   *
   * @return the event as it was recorded
   * @throws ConflictException if the stream is not where it was expected
   * @throws StreamStateException if the stream is not active
   * @throws EventEncodeException if the event can't be encoded
   */
  @CanIgnoreReturnValue
  default RecordedEvent<E> append(
      String streamId, ExpectedSeq expected, NewEvent<? extends E> event) {
    return append(Append.<E>of(streamId, expected, List.of(event))).get(0);
  }

  /**
   * Appends all events or none. If the append's idempotency key was seen before on its stream, it
   * writes nothing, whatever the expectation, and returns the events recorded then. A key is
   * remembered as long as its events are: deleting some of them leaves the others to be returned,
   * and deleting all of them forgets it.
   *
   * @return the events as they were recorded, in order; the data of those that were written by this
   *     call are the very objects that were given
   * @throws ConflictException if the stream is not where it was expected
   * @throws StreamStateException if the stream is not active, and the key was not seen before or
   *     the stream can't be read either
   * @throws EventEncodeException if an event can't be encoded
   * @throws EventDecodeException if the events recorded under the key can't be decoded here
   */
  @CanIgnoreReturnValue
  List<RecordedEvent<E>> append(Append<? extends E> append);

  /**
   * Appends to several streams, all or nothing: one transaction, and no reader sees a part. The
   * appends are taken in order; a second one to the same stream finds it where the first has left
   * it. One whose idempotency key was seen before writes nothing and does not stop the others. If
   * any of the others writes something, the events recorded under the key are decoded inside the
   * transaction, because one that can't be decoded fails all: a codec or upcaster that takes long
   * then keeps others from writing, on SQLite all.
   *
   * @return for each append the events as they were recorded
   * @throws ConflictException if a stream is not where it was expected
   * @throws StreamStateException as with {@link #append(Append)}
   * @throws dev.daybook.error.InvalidInputException if there are more than {@link
   *     dev.daybook.settings.Limits#MAX_EVENTS_PER_APPEND} events in all
   */
  @CanIgnoreReturnValue
  List<List<RecordedEvent<E>>> appendAll(List<? extends Append<? extends E>> appends);

  /**
   * Reads into a list: for reads that are known to be small. {@link #stream} has no such limit.
   *
   * @throws StreamStateException if the query is for one stream, and that can't be read
   * @throws EventDecodeException if an event can't be decoded
   */
  List<RecordedEvent<E>> read(EventQuery query);

  /**
   * Reads event by event, in constant memory. The first thousand events, or the first megabyte, are
   * read when they are asked for. Of a longer answer a thread of the stream's own reads the next
   * piece while the reader works on one: two pieces of a megabyte each are in memory then, or two
   * events if those are larger.
   *
   * <p>From PostgreSQL events also come in pieces over the network: 16 at first, then as many as
   * take about a megabyte if they are as large as the largest of the piece before, at most four
   * times as many as that had and at most 2,048. How large they are is known only once they are
   * there: where small events are followed by large ones, a piece of those, and the first piece,
   * has to fit into memory. A query with a limit keeps pieces small.
   *
   * <p>The stream holds a connection and its statement until it is closed or has been read to its
   * end; close it, best with try-with-resources.
   *
   * <p>An in-memory database has one connection, which a stream can't keep from everybody else:
   * there the rows are copied out first, and decoded when they are asked for. In a caller's
   * transaction nothing is read ahead, the stream must be closed before the transaction ends (that
   * of {@link dev.daybook.Daybook#transaction} closes it itself), and whether it sees what the
   * transaction appends meanwhile is not defined.
   *
   * @throws StreamStateException if the query is for one stream, and that can't be read
   * @throws EventDecodeException while reading, at the event that can't be decoded
   */
  @MustBeClosed
  Stream<RecordedEvent<E>> stream(EventQuery query);

  /**
   * Whether {@link #read} would find an event. Nothing is decoded.
   *
   * @throws StreamStateException if the query is for one stream, and that can't be read
   */
  default boolean exists(EventQuery query) {
    try (Stream<RecordedEvent<EncodedEvent>> events =
        raw().stream(query.limit(Math.min(1, query.limit())))) {
      return events.findAny().isPresent();
    }
  }

  /**
   * How many events {@link #read} would find, its limit included. Nothing is decoded. Takes time in
   * proportion to the events that are counted.
   *
   * @throws StreamStateException if the query is for one stream, and that can't be read
   */
  default long count(EventQuery query) {
    try (Stream<RecordedEvent<EncodedEvent>> events = raw().stream(query)) {
      return events.count();
    }
  }

  /**
   * The stream's high-water mark: the highest sequence number ever given; 0 for an unknown stream.
   */
  long highestSeq(String streamId);

  /** The position of the last event that a read across streams hands out; 0 if there is none. */
  long latestPosition();

  /**
   * The ids of all streams that start with a prefix, in the order of their code points; an empty
   * prefix for all. A stream whose events were all deleted is still among them, and so is one that
   * is archived, tombstoned or deleted. The prefix is taken literally, upper and lower case apart.
   * To be closed like {@link #stream}.
   */
  @MustBeClosed
  Stream<String> streamIds(String prefix);

  /**
   * One page of {@link #streamIds(String)}. Costs what it returns, however many streams there are.
   *
   * @param prefix empty for all
   * @param after the last id of the page before; empty for the first page
   * @param limit how many at the most
   */
  List<String> streamIds(String prefix, String after, int limit);

  /**
   * Deletes a stream's events up to and including a sequence number, and their tags. The high-water
   * mark stays: the next event gets the number it would have got. An unknown stream is left
   * unknown.
   *
   * <p>Once this has returned, nothing that it deleted is handed out in this process any more, also
   * if it was read before: no call of a subscription's handler begins with it, and no live query
   * gives it. A call that has begun by then may still be at work with it. What was deleted in a
   * caller's transaction is deleted by its commit. Another process that has read it hands it out
   * until its next look at the database, as often as {@link
   * dev.daybook.DaybookBuilder#pollInterval} says, or the next {@code Notifier.signal()} there. A
   * {@link #stream} that is being read goes on as it began.
   *
   * @return how many events were deleted
   * @throws StreamStateException if the stream is not active
   */
  @CanIgnoreReturnValue
  long delete(String streamId, long toSeq);

  /**
   * Raises the high-water mark of a stream that has no events, so that a copy of a stream whose
   * beginning was deleted goes on with the right number. Raising it to where it is does nothing.
   *
   * @throws HighWaterMarkException if the stream has events, or its mark is higher
   * @throws StreamStateException if the stream is not active
   */
  void raiseHighWaterMark(String streamId, long seq);

  /**
   * Figures of the whole journal. Counts rows: takes time in proportion to the size of the journal.
   */
  JournalStats stats();

  /**
   * Tells a listener of every append in this process through the same {@link dev.daybook.Daybook},
   * by whichever journal, soon after its commit; never of one that was rolled back. Appends made in
   * a caller's transaction are told after the caller's commit. Appends of other processes are not
   * heard of.
   *
   * <p>A listener has a thread of its own, from its registration on. It is called there once for
   * each append that is committed from then on, one call after the other, in the order of the
   * commits through the Daybook's own writer. Where several transactions write at a time, as on
   * PostgreSQL, of appends that are committed at the same moment the later may be told first. No
   * append waits for a listener, nor does another listener, however long it takes; what it throws
   * is logged and reaches neither. It may read and append, and sees what it is told of. Who wants
   * to wait until a listener has heard of something lets the listener say so.
   *
   * <p>10,000 appends wait for a listener at the most. Of those that find no room only the
   * positions are kept, from the first to the last of them, and once the listener has heard of the
   * others, the journal is asked what is there. So a listener that falls that far behind hears of
   * those in another way: in the order of their positions, events of one stream that follow each
   * other as one append, without those that were deleted meanwhile, and with those that other
   * processes have appended between them. An append that was committed out of the order of its
   * positions can be told twice then.
   *
   * <p>After the registration was closed, or the Daybook, no call begins; one that has begun may
   * still be at work. When the Daybook is closed, it first waits up to two seconds until the
   * listeners have heard of what was appended by then, and after that interrupts them. One that
   * does not return even then is left behind: its thread keeps no process alive.
   *
   * @return ends the registration when closed, and waits for nothing
   */
  Registration onAppend(AppendListener listener);

  /**
   * A load of many events from elsewhere, which goes on where one of this name was interrupted.
   *
   * @param name what the load is called, a name as {@link dev.daybook.settings.Limits} says
   * @throws dev.daybook.error.InvalidInputException if it is no name, or this journal is inside a
   *     transaction: each call of a load is one by itself
   */
  BulkLoad<E> bulkLoad(String name);

  /** The same journal without decoding: reads any event, appends payloads as they are given. */
  Journal<EncodedEvent> raw();

  /**
   * Decodes an event that a {@link #raw()} journal has read: to look at many events, and to decode
   * those few that matter.
   *
   * @throws EventDecodeException if it can't be decoded
   */
  RecordedEvent<E> decode(RecordedEvent<EncodedEvent> raw);

  /**
   * The same journal with compression and encryption: for what it appends, and the keys for what it
   * reads. What each event was written with is named in its row, so a journal with other options
   * still reads it, if it has the key. Encryption is by AES-256-GCM and binds each payload to its
   * stream and sequence number; type, tags, metadata and times stay readable.
   *
   * <p>Reading an event whose key is missing, or that was changed or moved in the database, throws
   * {@link dev.daybook.payload.PayloadException}.
   *
   * @throws dev.daybook.error.InvalidInputException if this is a {@link #raw()} journal
   */
  Journal<E> with(PayloadOptions options);

  /**
   * The same journal with other codecs: what it writes with, and what it reads with. Each row names
   * the codec that wrote it, so events of several codecs share a stream. {@link Codecs#json()} by
   * default.
   *
   * @throws dev.daybook.codec.CodecException if the codec to write with needs a library that is not
   *     there
   * @throws dev.daybook.error.InvalidInputException if this is a {@link #raw()} journal
   */
  Journal<E> with(Codecs codecs);

  /**
   * The same journal inside the caller's jOOQ transaction: it reads what the transaction has
   * written, and its appends commit or roll back with it. It uses the transaction's connection and
   * no other. An append that fails leaves nothing of itself in the transaction, which may go on.
   *
   * <p>The transaction must not be moved to another thread, and the journal is of no use after it.
   * SQLite lets one transaction write at a time: start it with {@link
   * dev.daybook.Daybook#transaction}, or let the data source begin transactions {@code IMMEDIATE};
   * one that has read before it writes fails with {@link dev.daybook.error.DatabaseBusyException}
   * if somebody else wrote in between. On PostgreSQL others write meanwhile, and an expectation
   * that was met when the transaction read its stream may not be met when it appends; a read across
   * streams is refused from {@code REPEATABLE READ} up, with {@link
   * dev.daybook.error.InvalidInputException}: it would see an older state, and could miss events.
   *
   * <p>The transaction must be the outermost one of its connection. Of one that something else has
   * begun there, by {@code connection.setAutoCommit(false)} or by a framework, jOOQ does not know:
   * {@code DSL.using(connection).transaction(...)} commits that one too, and early. Let jOOQ begin
   * the outer transaction, or let the framework be jOOQ's {@code TransactionProvider}.
   *
   * @param transaction what jOOQ hands to the code inside {@code dsl.transaction(...)}, with its
   *     default or its thread-bound transaction provider, or {@link
   *     dev.daybook.Daybook#transaction} to its work
   * @throws dev.daybook.error.InvalidInputException if the configuration is not inside a jOOQ
   *     transaction, or in one that was begun on the connection of another to which a Daybook is
   *     bound
   */
  Journal<E> within(Configuration transaction);
}
