package dev.daybook.journal.internal.append;

import dev.daybook.internal.statements.Session;
import dev.daybook.journal.Appended;
import dev.daybook.journal.RecordedEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Appends that are written by a single statement, in which the database checks what each stream is
 * expected to be. So the numbers of the events are not known before.
 */
final class OneStatementAppend {

  private record Placed<E>(AppendRequest<E> request, List<EventRow<E>> rows) {

    String streamId() {
      return request.appends().get(0).streamId();
    }

    Appended place(List<EventAddress> places) {
      List<RecordedEvent<E>> recorded = new ArrayList<>(rows.size());
      for (EventRow<E> row : rows) {
        EventAddress place = places.get(recorded.size());
        recorded.add(row.recorded(place.seq(), place.position()));
      }
      request.place(List.of(ResolvedAppend.at(List.copyOf(recorded))));
      EventAddress first = places.get(0);
      EventAddress last = places.get(places.size() - 1);
      return new Appended(
          first.streamId(), first.seq(), last.seq(), first.position(), last.position());
    }
  }

  private final Map<String, StreamClaim> claims = new LinkedHashMap<>();
  private final List<Placed<?>> placed = new ArrayList<>();
  private final List<EventRow<?>> events = new ArrayList<>();
  private final List<Appended> appended;

  /**
   * @param appended receives the written appends for listeners
   */
  OneStatementAppend(List<Appended> appended) {
    this.appended = appended;
  }

  /** Whether a request can be one of them. */
  static boolean takes(AppendRequest<?> request) {
    if (request.appends().size() != 1) {
      return false;
    }
    PendingAppend<?> append = request.appends().get(0);
    return append.append().idempotencyKey().isEmpty()
        && (!request.codec().needsPlace() || MarkRange.of(append.append().expected()).isOne());
  }

  /** Adds a request, unless what its stream must be is uncertain because of those before it. */
  <E> void add(AppendRequest<E> request) {
    PendingAppend<E> append = request.appends().get(0);
    String streamId = append.streamId();
    MarkRange expected = MarkRange.of(append.append().expected());
    StreamClaim claim = claims.get(streamId);
    if (claim == null) {
      claim = new StreamClaim(streamId, expected, 0);
    } else if (!expected.covers(claim.after())
        || (request.codec().needsPlace() && !claim.expected().isOne())) {
      return;
    }
    List<EventRow<E>> rows = new ArrayList<>(append.events().size());
    try {
      for (PendingEvent<E> event : append.events()) {
        long seq = claim.base() + claim.count() + rows.size() + 1;
        rows.add(EventRow.of(append, event, seq, request.codec()));
      }
    } catch (Throwable e) {
      request.outcome().fail(e);
      return;
    }
    claims.put(streamId, claim.plus(rows.size()));
    events.addAll(rows);
    placed.add(new Placed<>(request, rows));
  }

  /**
   * Writes the only one that was added, if it was.
   *
   * @return whether it was written
   */
  boolean writeOne(Session session, ArrayEventWriter writer) {
    if (placed.isEmpty()) {
      return false;
    }
    Placed<?> only = placed.get(0);
    List<EventAddress> places =
        writer.writeAtOnce(session, only.request().appends().get(0), only.rows());
    if (places.isEmpty()) {
      return false;
    }
    appended.add(only.place(places));
    return true;
  }

  /**
   * Writes all that were added, and waits only briefly for locks of others.
   *
   * @return the requests that were written; the streams of the others are not as expected, or can't
   *     be written
   */
  List<AppendRequest<?>> writeAll(Session session, ArrayEventWriter writer) {
    if (placed.isEmpty()) {
      return List.of();
    }
    List<EventAddress> places = writer.writeAtOnce(session, claims.values(), events, this::number);
    Set<String> streamIds = places.stream().map(EventAddress::streamId).collect(Collectors.toSet());
    List<AppendRequest<?>> written = new ArrayList<>(placed.size());
    int from = 0;
    for (Placed<?> next : placed) {
      if (streamIds.contains(next.streamId())) {
        int to = from + next.rows().size();
        appended.add(next.place(places.subList(from, to)));
        written.add(next.request());
        from = to;
      }
    }
    return written;
  }

  private long number(EventRow<?> row) {
    return row.seq() - Objects.requireNonNull(claims.get(row.streamId())).base();
  }
}
