package dev.daybook.journal.internal.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daybook.codec.Codecs;
import dev.daybook.codec.internal.JacksonFormats;
import dev.daybook.conformance.ConcurrentRendezvous;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.error.DatabaseBusyException;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.internal.connections.LentConnections;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.database.Migrating;
import dev.daybook.internal.dialect.ConnectionOptions;
import dev.daybook.internal.schema.Schema;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.Journals;
import dev.daybook.journal.internal.read.ReadableJournal;
import dev.daybook.journal.internal.types.EventCodec;
import dev.daybook.payload.PayloadOptions;
import dev.daybook.settings.TableNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Appends of several callers that one statement writes, where several transactions can write. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AppendWriterTest {

  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final PostgresDatabase server = PostgresServer.shared().newMigratedDatabase();
  private final Database database =
      new Database(
          LentConnections.of(server.pool(4)),
          new ConnectionOptions(null, null, Duration.ofSeconds(5), false, null, null, null, null),
          new Schema(TableNames.defaults()),
          Migrating.ALWAYS,
          statements::add,
          false);
  private final WritableJournal writable =
      new WritableJournal(
          new ReadableJournal(database), database, Clock.systemUTC(), Metadata::none);
  private final Journal<EncodedEvent> journal =
      new Journals(
              database,
              Clock.systemUTC(),
              () -> new JacksonFormats(new ObjectMapper(), null),
              Metadata::none)
          .raw();

  @AfterEach
  void close() {
    database.close();
    server.close();
  }

  @Test
  void streams_that_are_as_expected_get_their_events_and_the_others_nothing() throws SQLException {
    journal.append(Append.of("known", ExpectedSeq.noStream(), json(1), json(2)));
    journal.append("other", ExpectedSeq.noStream(), json(1));
    List<AppendRequest<?>> requests =
        List.of(
            request("z-new", ExpectedSeq.noStream(), 1, 2),
            request("known", ExpectedSeq.exactly(1), 3),
            request("any-new", ExpectedSeq.any(), 4),
            request("unknown", ExpectedSeq.streamExists(), 5),
            request("unknown-too", ExpectedSeq.exactly(7), 6),
            request("other", ExpectedSeq.exactly(1), 7));
    statements.clear();

    List<AppendRequest<?>> written = writeMany(requests);

    assertThat(statements)
        .satisfiesExactly(
            settings -> assertThat(settings).contains("lock_timeout"),
            append -> assertThat(append).contains("insert into"));
    assertThat(written).containsExactly(requests.get(0), requests.get(2), requests.get(5));
    assertThat(recorded(written)).isEqualTo(journal.read(EventQuery.all().after(3)));
    assertThat(numbers()).endsWith("z-new/1", "z-new/2", "any-new/1", "other/2");
    assertThat(requests).noneMatch(request -> request.outcome().isKnown());
    assertThat(rowsOfStreams()).containsExactlyInAnyOrder("any-new", "known", "other", "z-new");
  }

  @Test
  void those_that_want_the_same_stream_follow_each_other_if_that_is_certain() {
    List<AppendRequest<?>> requests =
        List.of(
            request("a", ExpectedSeq.exactly(0), 1, 2),
            request("b", ExpectedSeq.any(), 3),
            request("a", ExpectedSeq.exactly(2), 4),
            request("a", ExpectedSeq.exactly(2), 5),
            request("b", ExpectedSeq.streamExists(), 6),
            request("b", ExpectedSeq.exactly(2), 7),
            request("a", ExpectedSeq.any(), 8),
            request("b", ExpectedSeq.noStream(), 9));

    List<AppendRequest<?>> written = writeMany(requests);

    assertThat(written)
        .containsExactly(
            requests.get(0), requests.get(1), requests.get(2), requests.get(4), requests.get(6));
    assertThat(numbers()).containsExactly("a/1", "a/2", "b/1", "a/3", "b/2", "a/4");
    assertThat(recorded(written)).isEqualTo(journal.read(EventQuery.all()));
  }

  @Test
  void a_stream_that_can_t_be_written_is_left_as_it_is() throws SQLException {
    journal.append("gone", ExpectedSeq.noStream(), json(1));
    run("update streams set state = 'TOMBSTONED', reason = 'gone' where stream_id = 'gone'");
    List<AppendRequest<?>> requests =
        List.of(request("gone", ExpectedSeq.any(), 1), request("fine", ExpectedSeq.any(), 2));

    assertThat(writeMany(requests)).containsExactly(requests.get(1));
    assertThat(numbers()).containsExactly("gone/1", "fine/1");
  }

  @Test
  void each_event_has_its_own_tags() {
    Append<EncodedEvent> first =
        Append.of("a", ExpectedSeq.any(), List.of(event(1).tagged("x"), event(2)));
    Append<EncodedEvent> second =
        Append.of("b", ExpectedSeq.any(), List.of(event(3), event(4).tagged("x").tagged("y")));

    writeMany(List.of(request(first), request(second)));

    assertThat(journal.read(EventQuery.all().taggedAllOf("x")))
        .extracting(AppendWriterTest::number)
        .containsExactly("a/1", "b/2");
    assertThat(journal.read(EventQuery.all().taggedAllOf("y")))
        .extracting(AppendWriterTest::number)
        .containsExactly("b/2");
  }

  @Test
  void one_whose_events_can_t_be_made_fails_alone() {
    AppendRequest<EncodedEvent> unmade =
        new AppendRequest<>(pending(ExpectedSeq.noStream(), "a", 1), new Failing());
    AppendRequest<?> fine = request("b", ExpectedSeq.any(), 2);

    assertThat(writeMany(List.of(unmade, fine))).containsExactly(fine);

    assertThat(unmade.outcome().hasFailed()).isTrue();
    assertThat(numbers()).containsExactly("b/1");
  }

  @Test
  void what_has_a_key_or_several_streams_or_needs_an_unknown_place_does_not_fit() {
    AppendWriter writer = new AppendWriter(writable);

    assertThat(writer.fitsOneStatement(request("a", ExpectedSeq.any(), 1))).isTrue();
    assertThat(
            writer.fitsOneStatement(
                request(Append.of("a", ExpectedSeq.any(), json(1)).withIdempotencyKey("k"))))
        .isFalse();
    List<PendingAppend<EncodedEvent>> two = new ArrayList<>(pending(ExpectedSeq.any(), "a", 1));
    two.addAll(pending(ExpectedSeq.any(), "b", 1));
    assertThat(writer.fitsOneStatement(new AppendRequest<>(two, EventCodec.NONE))).isFalse();
    assertThat(
            writer.fitsOneStatement(
                new AppendRequest<>(pending(ExpectedSeq.any(), "a", 1), new Failing())))
        .isFalse();
    assertThat(
            writer.fitsOneStatement(
                new AppendRequest<>(pending(ExpectedSeq.exactly(3), "a", 1), new Failing())))
        .isTrue();
  }

  @Test
  void it_waits_but_a_moment_for_a_stream_that_somebody_keeps_locked() throws SQLException {
    journal.append("locked", ExpectedSeq.any(), json(1));
    try (Connection other = server.dataSource().getConnection()) {
      other.setAutoCommit(false);
      try (PreparedStatement lock =
          other.prepareStatement("select 1 from streams where stream_id = 'locked' for update")) {
        lock.executeQuery();
      }

      assertThatThrownBy(
              () ->
                  writeMany(
                      List.of(
                          request("free", ExpectedSeq.any(), 1),
                          request("locked", ExpectedSeq.any(), 2))))
          .isInstanceOf(DatabaseBusyException.class);
    }
    assertThat(numbers()).containsExactly("locked/1");
  }

  /** Those of a transaction, too; and languages disagree on whether a capital B comes before. */
  @Test
  void streams_are_locked_in_one_order_whatever_order_they_are_asked_for_in() {
    String[] streams = {"a", "B", "c", "\u00e9", "\ue000", "\ud83d\ude00"};
    String[] backwards = streams.clone();
    Collections.reverse(Arrays.asList(backwards));

    List<Outcome<Integer>> outcomes =
        ConcurrentRendezvous.collide(
            4,
            caller -> () -> writeAgainAndAgain(caller % 2 == 0 ? streams : backwards, caller < 2));

    assertThat(outcomes).extracting(Outcome::orThrow).containsOnly(60 * streams.length);
  }

  private int writeAgainAndAgain(String[] streams, boolean asOneStatement) {
    int written = 0;
    for (int n = 0; n < 60; n++) {
      List<AppendRequest<?>> requests = new ArrayList<>();
      List<Append<EncodedEvent>> appends = new ArrayList<>();
      for (String stream : streams) {
        requests.add(request(stream, ExpectedSeq.any(), n));
        appends.add(Append.of(stream, ExpectedSeq.any(), json(n)));
      }
      written += asOneStatement ? writeUntilNotBusy(requests) : journal.appendAll(appends).size();
    }
    return written;
  }

  /** On a busy machine the others may hold a stream for longer than such a statement waits. */
  private int writeUntilNotBusy(List<AppendRequest<?>> requests) {
    while (true) {
      try {
        return writeMany(requests).size();
      } catch (DatabaseBusyException e) {
        // Nothing was written.
      }
    }
  }

  private List<AppendRequest<?>> writeMany(List<AppendRequest<?>> requests) {
    return database.writeAtOnce(
        session -> new AppendWriter(writable).writeManyAtOnce(session, requests));
  }

  private static List<RecordedEvent<EncodedEvent>> recorded(List<AppendRequest<?>> written) {
    List<RecordedEvent<EncodedEvent>> recorded = new ArrayList<>();
    for (AppendRequest<?> request : written) {
      for (List<? extends RecordedEvent<?>> events : request.recorded()) {
        events.forEach(event -> recorded.add(asEncoded(event)));
      }
    }
    return recorded;
  }

  @SuppressWarnings("unchecked")
  private static RecordedEvent<EncodedEvent> asEncoded(RecordedEvent<?> event) {
    return (RecordedEvent<EncodedEvent>) event;
  }

  private List<String> numbers() {
    return journal.read(EventQuery.all()).stream().map(AppendWriterTest::number).toList();
  }

  private static String number(RecordedEvent<?> event) {
    return event.streamId() + "/" + event.seq();
  }

  private List<String> rowsOfStreams() throws SQLException {
    try (Connection connection = server.dataSource().getConnection();
        PreparedStatement query = connection.prepareStatement("select stream_id from streams");
        ResultSet rows = query.executeQuery()) {
      List<String> streams = new ArrayList<>();
      while (rows.next()) {
        streams.add(rows.getString(1));
      }
      return streams;
    }
  }

  private static AppendRequest<EncodedEvent> request(
      String stream, ExpectedSeq expected, int... numbers) {
    return new AppendRequest<>(pending(expected, stream, numbers), EventCodec.NONE);
  }

  private static AppendRequest<EncodedEvent> request(Append<EncodedEvent> append) {
    return new AppendRequest<>(
        List.of(PendingAppend.of(append, EventCodec.NONE, Instant.EPOCH)), EventCodec.NONE);
  }

  private static List<PendingAppend<EncodedEvent>> pending(
      ExpectedSeq expected, String stream, int... numbers) {
    List<NewEvent<EncodedEvent>> events =
        Arrays.stream(numbers).mapToObj(AppendWriterTest::event).toList();
    return List.of(
        PendingAppend.of(Append.of(stream, expected, events), EventCodec.NONE, Instant.EPOCH));
  }

  private static NewEvent<EncodedEvent> event(int number) {
    return NewEvent.of(json(number));
  }

  private static EncodedEvent json(int number) {
    return EncodedEvent.json("counted", "{\"n\":" + number + "}");
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = server.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  /** Makes nothing of an event, wherever it goes. */
  private static final class Failing implements EventCodec<EncodedEvent> {

    @Override
    public EncodedEvent encode(EncodedEvent event) {
      return event;
    }

    @Override
    public EncodedEvent seal(EncodedEvent encoded, String streamId, long seq) {
      throw new IllegalStateException("can't be made");
    }

    @Override
    public boolean needsPlace() {
      return true;
    }

    @Override
    public EventCodec<EncodedEvent> with(PayloadOptions options) {
      return this;
    }

    @Override
    public EventCodec<EncodedEvent> with(Codecs codecs) {
      return this;
    }

    @Override
    public EncodedEvent decode(RecordedEvent<EncodedEvent> event) {
      return event.data();
    }

    @Override
    public boolean isSame(EncodedEvent one, EncodedEvent other) {
      return one.equals(other);
    }
  }
}
