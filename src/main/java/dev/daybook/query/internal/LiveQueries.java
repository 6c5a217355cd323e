package dev.daybook.query.internal;

import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import dev.daybook.journal.JournalQuery;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.Journals;
import dev.daybook.query.Feed;
import dev.daybook.query.Queries;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The queries of one Daybook, and the publications that they have begun. */
public final class LiveQueries implements AutoCloseable {

  private final Journals journals;
  private final Publications publications = new Publications();

  public LiveQueries(Journals journals) {
    this.journals = journals;
  }

  public <E> Queries<E> of(Journal<E> journal) {
    Objects.requireNonNull(journal, "journal");
    return new JournalQueries<>(journal);
  }

  /** Asks the publications to end, and waits for nothing. */
  public void stop() {
    publications.stop();
  }

  /** Ends the publications; the end of the database ends the streams. */
  @Override
  public void close() {
    publications.close();
  }

  private final class JournalQueries<E> implements Queries<E> {

    private final Journal<E> journal;

    JournalQueries(Journal<E> journal) {
      this.journal = journal;
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // The source closes it.
    public Feed<RecordedEvent<E>> currentEvents(EventQuery query) {
      Objects.requireNonNull(query, "query");
      return new SourceFeed<>(
          () -> new CurrentSource<>(journals.raw().stream(query).map(journal::decode)),
          publications);
    }

    @Override
    public Feed<RecordedEvent<E>> liveEvents(EventQuery query) {
      Objects.requireNonNull(query, "query");
      journals.requireOpenEnded(query);
      long after = query instanceof JournalQuery bounded ? bounded.after() : 0;
      return new SourceFeed<>(
          () -> new Decoded<>(journal, new LiveSource(journals.feed(query), after)), publications);
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // The source closes it.
    public Feed<String> currentStreamIds(String prefix) {
      Objects.requireNonNull(prefix, "prefix");
      return new SourceFeed<>(
          () -> new CurrentSource<>(journals.raw().streamIds(prefix)), publications);
    }

    @Override
    public Feed<String> liveStreamIds(String prefix) {
      Objects.requireNonNull(prefix, "prefix");
      return new SourceFeed<>(() -> new LiveStreamIds(journals, prefix), publications);
    }
  }

  private record Decoded<E>(Journal<E> journal, LiveSource events)
      implements Source<RecordedEvent<E>> {

    @Override
    public @Nullable RecordedEvent<E> next() throws InterruptedException {
      var event = events.next();
      return event == null ? null : journal.decode(event);
    }

    @Override
    public boolean isStillThere(RecordedEvent<E> event) {
      return events.isUndeleted(event);
    }

    @Override
    public void end() {
      events.end();
    }

    @Override
    public void close() {
      events.close();
    }
  }
}
