package dev.daybook.subscription.internal.inline;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.codec.Codecs;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.deadlines.Bounded;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.AllOrNothing;
import dev.daybook.journal.Append;
import dev.daybook.journal.AppendListener;
import dev.daybook.journal.AppendResult;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.JournalStats;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.Registration;
import dev.daybook.payload.PayloadOptions;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * A journal whose appends have a projection handle their events in the same transaction. The rest
 * is the journal below, which may have a projection, too.
 */
public final class InlineJournal<E> implements Journal<E> {

  private final Journal<E> journal;
  private final InlineProjection<?> projection;
  private final Database database;
  private final @Nullable Configuration transaction;

  public InlineJournal(Journal<E> journal, InlineProjection<?> projection, Database database) {
    this(journal, projection, database, null);
  }

  private InlineJournal(
      Journal<E> journal,
      InlineProjection<?> projection,
      Database database,
      @Nullable Configuration transaction) {
    this.journal = journal;
    this.projection = projection;
    this.database = database;
    this.transaction = transaction;
  }

  private <F> InlineJournal<F> over(Journal<F> other) {
    return new InlineJournal<>(other, projection, database, transaction);
  }

  @Override
  public RecordedEvent<E> append(String streamId, ExpectedSeq expected, E event) {
    return append(Append.<E>of(streamId, expected, event)).get(0);
  }

  @Override
  public List<RecordedEvent<E>> append(Append<? extends E> append) {
    return append.events().isEmpty()
        ? journal.append(append)
        : handled(within -> within.append(append), List::stream);
  }

  @Override
  public AppendResult<E> appendOnce(Append<? extends E> append) {
    return append.events().isEmpty() || append.idempotencyKey().isEmpty()
        ? journal.appendOnce(append)
        : handled(within -> within.appendOnce(append), result -> result.events().stream());
  }

  @Override
  public List<List<RecordedEvent<E>>> appendAll(List<? extends Append<? extends E>> appends) {
    List<Append<? extends E>> all = List.copyOf(appends);
    return all.stream().allMatch(append -> append.events().isEmpty())
        ? journal.appendAll(all)
        : handled(within -> within.appendAll(all), lists -> lists.stream().flatMap(List::stream));
  }

  /** Appends, and has the events handled. What is appended already was handled then, or is now. */
  private <T> T handled(
      Function<Journal<E>, T> append, Function<T, Stream<RecordedEvent<E>>> events) {
    projection.requireNotHandling();
    return Bounded.of(journal)
        .bind(
            () ->
                inTransaction(
                    (joined, session) -> {
                      long position = projection.claim(session, joined);
                      T result = append.apply(journal.within(joined));
                      List<Long> appended =
                          events.apply(result).map(RecordedEvent::position).toList();
                      projection.handle(session, joined, position, appended);
                      return result;
                    }));
  }

  /** Nothing of it is left in a transaction if it fails. */
  private <T> T inTransaction(BiFunction<Configuration, Session, T> work) {
    return transaction == null
        ? database.repeatableTransaction(begun -> joining(AllOrNothing.of(begun), work))
        : joining(transaction, work);
  }

  private <T> T joining(Configuration joined, BiFunction<Configuration, Session, T> work) {
    return database.join(joined).write(session -> work.apply(AllOrNothing.of(joined), session));
  }

  @Override
  public List<RecordedEvent<E>> findByKey(String streamId, String idempotencyKey) {
    return journal.findByKey(streamId, idempotencyKey);
  }

  @Override
  public List<RecordedEvent<E>> read(EventQuery query) {
    return journal.read(query);
  }

  @Override
  @MustBeClosed
  public Stream<RecordedEvent<E>> stream(EventQuery query) {
    return journal.stream(query);
  }

  @Override
  public boolean exists(EventQuery query) {
    return journal.exists(query);
  }

  @Override
  public long count(EventQuery query) {
    return journal.count(query);
  }

  @Override
  public long highestSeq(String streamId) {
    return journal.highestSeq(streamId);
  }

  @Override
  public long latestPosition() {
    return journal.latestPosition();
  }

  @Override
  @MustBeClosed
  public Stream<String> streamIds(String prefix) {
    return journal.streamIds(prefix);
  }

  @Override
  public List<String> streamIds(String prefix, String after, int limit) {
    return journal.streamIds(prefix, after, limit);
  }

  @Override
  public long delete(String streamId, long toSeq) {
    return journal.delete(streamId, toSeq);
  }

  @Override
  public void raiseHighWaterMark(String streamId, long seq) {
    journal.raiseHighWaterMark(streamId, seq);
  }

  @Override
  public JournalStats stats() {
    return journal.stats();
  }

  @Override
  public Registration onAppend(AppendListener listener) {
    return journal.onAppend(listener);
  }

  @Override
  public BulkLoad<E> bulkLoad(String name) {
    return journal.bulkLoad(name);
  }

  @Override
  public Journal<EncodedEvent> raw() {
    return over(journal.raw());
  }

  @Override
  public RecordedEvent<E> decode(RecordedEvent<EncodedEvent> raw) {
    return journal.decode(raw);
  }

  @Override
  public Journal<E> with(PayloadOptions options) {
    return over(journal.with(options));
  }

  @Override
  public Journal<E> with(Codecs codecs) {
    return over(journal.with(codecs));
  }

  @Override
  public Journal<E> within(Configuration joined) {
    Objects.requireNonNull(joined, "transaction");
    return new InlineJournal<>(journal.within(joined), projection, database, joined);
  }
}
