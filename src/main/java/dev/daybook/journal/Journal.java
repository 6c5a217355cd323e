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
 * in the order in which readers can see events: a reader that has seen position p never sees a new
 * event at or below p.
 *
 * <p><b>Visibility.</b> An append returns after its commit, and every later read sees it. A read
 * sees the journal as it was when the read began, whatever is appended or deleted meanwhile. On
 * PostgreSQL, where several transactions append at a time, a read across streams ends before the
 * first position that a transaction in progress may still fill, although later ones are committed;
 * the next read continues there. Only transactions that have appended to this store hold readers
 * back, until they end. Reads of one stream never wait for that.
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
 * writers wait for each other, on PostgreSQL only those of one stream; readers don't wait (except
 * in memory, where there is one connection: there they wait for a write in progress). A journal got
 * from {@link #within} belongs to its transaction's thread.
 *
 * <p><b>Appends at the same time.</b> On SQLite, appends that wait for the writer share a
 * transaction, in the order of their arrival, and each returns after the commit with its own
 * outcome: a conflict fails one append only, and after a failed statement the appends are written
 * one by one. Only if the transaction can't begin, or its commit fails, do all appends that share
 * it fail. After a failed commit it is unknown whether it took effect, as with any transaction. A
 * single append does not wait for others. Callers that have shared a transaction often append again
 * at once: the next transaction may wait half a millisecond for them. An append {@linkplain
 * #within(Configuration) inside a transaction} does not share it. An interrupt ends an append that
 * waits, with a {@code WaitInterruptedException}, or with an {@code OutcomeUnknownException} if
 * another caller's thread is writing it; the thread is still interrupted. When the Daybook is
 * closed, appends that are being written return their outcome, and appends that still wait are
 * written, or end with a {@code ClosedException} and are not written. At most 64 MiB of appends
 * wait, each counted as 4 KiB at least, and at most 4 MiB share a transaction; further appends wait
 * until there is room. Encryption and decoding of an event may run on another caller's thread.
 *
 * <p>On PostgreSQL one shared transaction is in progress at a time. Appends that arrive meanwhile
 * wait, as above, and share the next one: one statement, and each append has its own outcome. If
 * the server refuses the statement, each append is written alone; if its answer is lost, all
 * appends that shared it fail. The statement waits for 100 milliseconds at most for each stream
 * that another transaction keeps locked. After that, appends are written alone for a second, and
 * only appends to that stream wait. No append waits longer than 20 milliseconds for a shared
 * transaction in progress: then the next one begins beside it. Appends with an idempotency key, to
 * several streams, or with encrypted events that are not expected at one sequence number don't
 * share a transaction: each begins its own at once.
 *
 * <p><b>States.</b> A stream that is archived, tombstoned or deleted refuses calls with a {@link
 * StreamStateException}, as {@code dev.daybook.stream.Streams} says: appends, {@link #delete} and
 * {@link #raiseHighWaterMark}, and, unless it is only archived, every {@link StreamQuery}.
 *
 * <p>Arguments are checked before anything is written; {@link dev.daybook.settings.Limits} says
 * what is accepted, and {@link dev.daybook.error.InvalidInputException} what was wrong. {@code
 * null} is refused with a {@link NullPointerException}. Every method throws {@link
 * dev.daybook.error.ClosedException} after the {@link dev.daybook.Daybook} was closed, {@link
 * dev.daybook.error.DatabaseBusyException} if another connection held the database for longer than
 * the busy timeout, {@link dev.daybook.error.TransactionConflictException} if the transaction
 * conflicted with others again and again, {@link dev.daybook.error.ConnectionLostException} if the
 * database's server can't be reached, {@link dev.daybook.error.StandbyException} if a standby of
 * that server answered a read, and {@link dev.daybook.error.OpenException} if this is the first use
 * and the database can't be opened.
 *
 * @param <E> the type of the events
 */
public interface Journal<E> {

  /**
   * Appends one event.
   *
   * @return the event as it was recorded
   * @throws ConflictException if the stream is not at the expected sequence number
   * @throws StreamStateException if the stream is not active
   * @throws EventEncodeException if the event can't be encoded
   */
  @CanIgnoreReturnValue
  RecordedEvent<E> append(String streamId, ExpectedSeq expected, E event);

  /**
   * Appends one event with tags, metadata or its own time.
   *
   * @return the event as it was recorded
   * @throws ConflictException if the stream is not at the expected sequence number
   * @throws StreamStateException if the stream is not active
   * @throws EventEncodeException if the event can't be encoded
   */
  @CanIgnoreReturnValue
  default RecordedEvent<E> append(
      String streamId, ExpectedSeq expected, NewEvent<? extends E> event) {
    return append(Append.<E>of(streamId, expected, List.of(event))).get(0);
  }

  /**
   * Appends events without tags and metadata: all or none. No events is a no-op that checks
   * nothing.
   *
   * @return the events as they were recorded, in order
   * @throws ConflictException if the stream is not at the expected sequence number
   * @throws StreamStateException if the stream is not active
   * @throws EventEncodeException if an event can't be encoded
   * @throws dev.daybook.error.InvalidInputException if there are more than {@link
   *     dev.daybook.settings.Limits#MAX_EVENTS_PER_APPEND} events
   */
  @CanIgnoreReturnValue
  default List<RecordedEvent<E>> append(
      String streamId, ExpectedSeq expected, List<? extends E> events) {
    return append(Append.<E>ofAll(streamId, expected, events));
  }

  /**
   * Appends all events or none. If the append's idempotency key was seen before on its stream, it
   * writes nothing, whatever the expectation, and returns the events recorded then. A key is
   * remembered as long as its events are: deleting some of them leaves the others to be returned,
   * and deleting all of them forgets it.
   *
   * @return the events as they were recorded, in order; the data of those that were written by this
   *     call are the very objects that were given
   * @throws ConflictException if the stream is not at the expected sequence number
   * @throws StreamStateException if the stream is not active, and the key was not seen before or
   *     the stream can't be read either
   * @throws EventEncodeException if an event can't be encoded
   * @throws EventDecodeException if the events recorded under the key can't be decoded here
   */
  @CanIgnoreReturnValue
  List<RecordedEvent<E>> append(Append<? extends E> append);

  /**
   * {@link #append(Append)} under an idempotency key, with a result that says whether the key was
   * seen before, and whether with other events. An append of no events writes nothing and does not
   * ask for its key.
   *
   * @throws ConflictException as with {@link #append(Append)}, and so are the other exceptions
   * @throws dev.daybook.error.InvalidInputException if the append has no idempotency key
   * @throws UnsupportedOperationException if this is a journal of another maker without this method
   */
  @CanIgnoreReturnValue
  default AppendResult<E> appendOnce(Append<? extends E> append) {
    throw new UnsupportedOperationException(
        "%s does not say whether an idempotency key was seen before".formatted(getClass()));
  }

  /**
   * The events that are recorded under an idempotency key, in order, as {@link #append(Append)}
   * would return them; empty if the key was not seen before, or all of its events were deleted.
   * Nothing is written.
   *
   * @throws StreamStateException if the stream can't be read
   * @throws EventDecodeException if an event can't be decoded
   * @throws dev.daybook.error.InvalidInputException if the stream id or the key is not a valid name
   * @throws UnsupportedOperationException if this is a journal of another maker without this method
   */
  default List<RecordedEvent<E>> findByKey(String streamId, String idempotencyKey) {
    throw new UnsupportedOperationException(
        "%s can't look up an idempotency key".formatted(getClass()));
  }

  /**
   * Appends to several streams in one transaction: all are written or none, and no reader sees a
   * part. The appends are written in order; a second one to the same stream continues where the
   * first ended. One whose idempotency key was seen before writes nothing and does not stop the
   * others. If any of the others writes something, the events recorded under the key are decoded
   * inside the transaction, because one that can't be decoded fails all: a slow codec or upcaster
   * then makes other writers wait, on SQLite all of them.
   *
   * @return for each append the events as they were recorded
   * @throws ConflictException if a stream is not at the expected sequence number
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
   * read when they are asked for. Of a longer result the stream's own thread reads the next piece
   * while the reader processes one: two pieces of a megabyte each are in memory then, or two events
   * if those are larger.
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
   * <p>An in-memory database has one connection, which a stream can't keep while others use it:
   * there the rows are copied first, and decoded when they are asked for. In a caller's transaction
   * nothing is read ahead, the stream must be closed before the transaction ends (that of {@link
   * dev.daybook.Daybook#transaction} closes it itself), and whether it sees what the transaction
   * appends meanwhile is not defined.
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

  /** The position of the last event that a read across streams returns; 0 if it returns none. */
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
   * One page of {@link #streamIds(String)}. The cost depends on the number of ids that it returns,
   * not on the number of streams.
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
   * <p>Once this has returned, no deleted event is delivered in this process any more, even if it
   * was read before: no call of a subscription's handler begins with it, and no live query returns
   * it. A handler's call that has begun by then may still work with it. In a caller's transaction
   * the deletion takes effect with its commit. Another process that has read the event may deliver
   * it until its next check of the database, which is due each {@link
   * dev.daybook.DaybookBuilder#pollInterval} and at the next {@code Notifier.signal()} there. A
   * {@link #stream} that is being read is not affected.
   *
   * @return how many events were deleted
   * @throws StreamStateException if the stream is not active
   */
  @CanIgnoreReturnValue
  long delete(String streamId, long toSeq);

  /**
   * Raises the high-water mark of a stream that has no events, so that a copy of a stream whose
   * beginning was deleted continues with the right number. Raising it to its present value does
   * nothing.
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
   * Notifies a listener of every append in this process through the same {@link
   * dev.daybook.Daybook}, by any of its journals, soon after the commit; never of one that was
   * rolled back. The listener is notified of appends in a caller's transaction after the caller's
   * commit. It is not notified of appends of other processes.
   *
   * <p>A listener has its own thread, from its registration on. It is called there once for each
   * append that is committed from then on, one call after the other, in the order of the commits
   * through the Daybook's own writer. Where several transactions write at a time, as on PostgreSQL,
   * two appends that are committed at the same moment may arrive in the opposite order. No append
   * and no other listener waits for a listener; what it throws is logged. It may read and append,
   * and sees the events of which it is notified. To wait until a listener has received an event,
   * let the listener signal that.
   *
   * <p>At most 10,000 appends wait for a listener. Of further ones only the range of positions is
   * kept, and once the listener has received the others, the events in that range are read from the
   * journal. So a listener that falls that far behind receives them differently: in the order of
   * their positions, consecutive events of one stream as one append, without events that were
   * deleted meanwhile, and with events that other processes have appended in between. An append
   * that was committed out of the order of its positions can arrive twice then.
   *
   * <p>After the registration or the Daybook was closed, no call begins; one that has begun may
   * still be running. When the Daybook is closed, it first waits up to two seconds until the
   * listeners have received what was appended by then, and after that interrupts them. A listener
   * that does not return even then is left running: its thread is a daemon and does not keep the
   * process alive.
   *
   * @return ends the registration when closed, and waits for nothing
   */
  Registration onAppend(AppendListener listener);

  /**
   * A load of many events from elsewhere, which continues where one of this name was interrupted.
   *
   * @param name the name of the load, valid by {@link dev.daybook.settings.Limits}
   * @throws dev.daybook.error.InvalidInputException if it is not a valid name, or this journal is
   *     inside a transaction: each call of a load is its own transaction
   */
  BulkLoad<E> bulkLoad(String name);

  /** The same journal without decoding: reads any event, appends payloads as they are given. */
  Journal<EncodedEvent> raw();

  /**
   * Decodes an event that a {@link #raw()} journal has read: to inspect many events, and to decode
   * only a few of them.
   *
   * @throws EventDecodeException if it can't be decoded
   */
  RecordedEvent<E> decode(RecordedEvent<EncodedEvent> raw);

  /**
   * The same journal with compression and encryption for what it appends, and with the keys for
   * what it reads. The row of each event names its compression and key, so a journal with other
   * options still reads it, if it has the key. Encryption is by AES-256-GCM and binds each payload
   * to its stream and sequence number; type, tags, metadata and times stay readable.
   *
   * <p>Reading an event whose key is missing, or that was changed or moved in the database, throws
   * {@link dev.daybook.payload.PayloadException}.
   *
   * @throws dev.daybook.error.InvalidInputException if this is a {@link #raw()} journal
   */
  Journal<E> with(PayloadOptions options);

  /**
   * The same journal with other codecs for writing and reading. Each row names the codec that wrote
   * it, so events of several codecs share a stream. {@link Codecs#json()} by default.
   *
   * @throws dev.daybook.codec.CodecException if the codec to write with needs a library that is
   *     missing
   * @throws dev.daybook.error.InvalidInputException if this is a {@link #raw()} journal
   */
  Journal<E> with(Codecs codecs);

  /**
   * The same journal inside the caller's jOOQ transaction: it reads what the transaction has
   * written, and its appends commit or roll back with it. It uses the transaction's connection and
   * no other. A failed append leaves nothing in the transaction, which may continue.
   *
   * <p>The transaction must not be moved to another thread, and the journal can't be used after its
   * end. SQLite lets one transaction write at a time: start it with {@link
   * dev.daybook.Daybook#transaction}, or let the data source begin transactions {@code IMMEDIATE};
   * one that has read before it writes fails with {@link dev.daybook.error.DatabaseBusyException}
   * if another writer committed in between. On PostgreSQL others write meanwhile, and an
   * expectation that was met when the transaction read its stream may not be met when it appends; a
   * read across streams is refused from {@code REPEATABLE READ} up, with {@link
   * dev.daybook.error.InvalidInputException}: it would see an older state, and could miss events.
   *
   * <p>On SQLite, once this has written, every other write of the thread through this Daybook is
   * refused with an {@link IllegalStateException} until the transaction ends: it would wait for
   * itself.
   *
   * <p>The transaction must be the outermost one of its connection. jOOQ does not know of a
   * transaction that was begun by {@code connection.setAutoCommit(false)} or by a framework: {@code
   * DSL.using(connection).transaction(...)} commits that one too, and early. Let jOOQ begin the
   * outer transaction, or let the framework be jOOQ's {@code TransactionProvider}.
   *
   * <p>A Daybook that was built with {@link dev.daybook.DaybookBuilder#transactions} joins the
   * transaction that the thread is in by itself, and knows when a framework began it.
   *
   * @param transaction what jOOQ passes to the code inside {@code dsl.transaction(...)}, with its
   *     default or its thread-bound transaction provider, or {@link
   *     dev.daybook.Daybook#transaction} to its work; with {@link
   *     dev.daybook.DaybookBuilder#transactions} also one whose statements run in the thread's
   *     transaction
   * @throws dev.daybook.error.InvalidInputException if the configuration is not inside a
   *     transaction that can be joined, or it was begun on the connection of another transaction to
   *     which a Daybook is bound, or it is one of another database: on SQLite of another file;
   *     elsewhere a call says so that finds no tables there
   */
  Journal<E> within(Configuration transaction);
}
