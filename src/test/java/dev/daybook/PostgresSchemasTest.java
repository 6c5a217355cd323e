package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.Await;
import dev.daybook.conformance.ConcurrentRendezvous;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.error.OpenException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.settings.TableNames;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Several stores in one PostgreSQL database, in schemas that are named. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresSchemasTest {

  private static final int OPENERS = 8;
  private static final TableNames ELSEWHERE = TableNames.prefixed("x_").inSchema("history");

  private final PostgresFixture database = new PostgresFixture();
  private final DSLContext callers = DSL.using(database.callersDataSource(), database.family());
  private final List<Daybook> opened = new ArrayList<>();

  @AfterEach
  void closeEverything() {
    try (database) {
      opened.forEach(Daybook::close);
      database.requireNothingLeft();
    }
  }

  @Test
  void a_store_in_a_schema_works_beside_one_without() throws Exception {
    for (Daybook daybook : List.of(open(TableNames.defaults()), open(ELSEWHERE))) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);

      assertThat(useJournal(journal)).containsExactly(1L, 2L, 3L);
      daybook.snapshots(String.class).save("a", 2, "two");
      daybook
          .documents()
          .append(
              "note", new Meta(new ReplicaType("text", 1, 0), new SyncMode("a", "b", "c"), "h"));
      assertThat(handledBySubscription(daybook)).isEqualTo(3);
      assertThat(journal.delete("a", 1)).isEqualTo(1);

      assertThat(daybook.checkpoints().list())
          .singleElement()
          .satisfies(checkpoint -> assertThat(checkpoint.position()).isEqualTo(3));
      assertThat(daybook.snapshots(String.class).loadLatest("a").orElseThrow().seq()).isEqualTo(2);
      assertThat(daybook.documents().listDocIds("", "", 5)).containsExactly("note");
      assertThat(journal.stats().tags()).isEqualTo(1);
      assertThat(daybook.maintenance().verify().findings()).isEmpty();
    }

    assertThat(tables("history")).hasSize(10).allMatch(name -> name.startsWith("x_"));
    assertThat(tables("public")).hasSize(10).noneMatch(name -> name.startsWith("x_"));
  }

  @Test
  void who_appends_to_one_store_does_not_hold_back_the_readers_of_another() {
    Journal<ParcelEvent> here = open(TableNames.defaults()).journal(ParcelEvent.class);
    Journal<ParcelEvent> there = open(ELSEWHERE).journal(ParcelEvent.class);
    here.append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
    there.append("a", ExpectedSeq.any(), ParcelEvent.moved(1));

    callers.transaction(
        transaction -> {
          here.within(transaction).append("slow", ExpectedSeq.any(), ParcelEvent.moved(2));

          here.append("b", ExpectedSeq.any(), ParcelEvent.moved(3));
          there.append("b", ExpectedSeq.any(), ParcelEvent.moved(3));

          assertThat(positions(here)).as("3 comes with 2, or after it").containsExactly(1L);
          assertThat(positions(there)).containsExactly(1L, 2L);
        });

    assertThat(positions(here)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void one_transaction_can_write_to_two_stores() {
    Journal<ParcelEvent> here = open(TableNames.defaults()).journal(ParcelEvent.class);
    Journal<ParcelEvent> there = open(ELSEWHERE).journal(ParcelEvent.class);

    callers.transaction(
        transaction -> {
          here.within(transaction).append("a", ExpectedSeq.noStream(), ParcelEvent.moved(1));
          there.within(transaction).append("a", ExpectedSeq.noStream(), ParcelEvent.moved(1));
        });

    assertThat(positions(here)).containsExactly(1L);
    assertThat(positions(there)).containsExactly(1L);
  }

  @Test
  void a_schema_is_one_of_its_letters_and_can_be_there_already() {
    callers.execute("create schema \"History\"");
    for (String schema : List.of("history", "History", "public")) {
      Journal<ParcelEvent> journal =
          open(TableNames.prefixed("y_").inSchema(schema)).journal(ParcelEvent.class);

      assertThat(useJournal(journal)).containsExactly(1L, 2L, 3L);
      assertThat(tables(schema)).filteredOn(name -> name.startsWith("y_")).hasSize(10);
    }
  }

  @Test
  void a_connection_is_given_back_with_the_search_path_that_it_had() {
    String before = String.valueOf(callers.fetchValue("show search_path"));
    Daybook daybook = open(ELSEWHERE);
    daybook.rawJournal().latestPosition();
    daybook.transaction(
        transaction ->
            assertThat(DSL.using(transaction).fetchValue("show search_path")).isEqualTo(before));
  }

  /** A schema by the user's name comes first in the server's default search_path. */
  @Test
  void a_schema_that_is_made_in_front_of_a_store_gets_no_second_one() {
    open(TableNames.defaults())
        .journal(ParcelEvent.class)
        .append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
    String user = String.valueOf(callers.fetchValue("select current_user"));
    callers.execute("create schema \"" + user + "\"");

    for (boolean migrate : List.of(true, false)) {
      Daybook second = database.open(options -> options.migrate(migrate));
      opened.add(second);
      assertThatThrownBy(() -> second.rawJournal().latestPosition())
          .isInstanceOfSatisfying(
              OpenException.class,
              refused -> assertThat(refused.reason()).isEqualTo(OpenException.Reason.TABLES))
          .hasMessageContaining("the tables are in the schema \"public\"")
          .hasMessageContaining("search_path leads to \"" + user + "\" first")
          .hasMessageContaining("inSchema(\"public\")");
    }

    assertThat(tables(user)).isEmpty();
    assertThat(positions(open(TableNames.defaults().inSchema("public")).journal(ParcelEvent.class)))
        .containsExactly(1L);
    open(TableNames.defaults().inSchema(user)).journal(ParcelEvent.class).latestPosition();
    assertThat(positions(open(TableNames.defaults()).journal(ParcelEvent.class)))
        .as("two stores, and a connection that looks into the user's schema first")
        .isEmpty();
  }

  @Test
  void eight_daybooks_can_open_an_empty_database_at_the_same_moment() {
    List<Outcome<Long>> outcomes = appendAtTheSameMoment(opener -> ELSEWHERE);

    assertThat(outcomes.stream().map(Outcome::orThrow).sorted())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, OPENERS).boxed().toList());
    assertThat(positions(open(ELSEWHERE).journal(ParcelEvent.class))).hasSize(OPENERS);
  }

  @Test
  void different_stores_can_be_made_in_one_new_schema_at_the_same_moment() {
    List<Outcome<Long>> outcomes =
        appendAtTheSameMoment(
            opener -> TableNames.prefixed("store%d_".formatted(opener % 4)).inSchema("history"));

    assertThat(outcomes.stream().map(Outcome::orThrow).sorted())
        .containsExactly(1L, 1L, 1L, 1L, 2L, 2L, 2L, 2L);
    assertThat(tables("history")).hasSize(4 * 10);
  }

  private interface Names {
    TableNames of(int opener);
  }

  private List<Outcome<Long>> appendAtTheSameMoment(Names names) {
    List<Journal<ParcelEvent>> journals = new ArrayList<>();
    for (int opener = 0; opener < OPENERS; opener++) {
      journals.add(open(names.of(opener)).journal(ParcelEvent.class));
    }
    return ConcurrentRendezvous.collide(
        OPENERS,
        opener ->
            () ->
                journals
                    .get(opener)
                    .append("a", ExpectedSeq.any(), ParcelEvent.moved(opener))
                    .seq());
  }

  private static List<Long> useJournal(Journal<ParcelEvent> journal) {
    NewEvent<ParcelEvent> tagged = NewEvent.of(ParcelEvent.moved(1)).tagged("t");
    journal.append(Append.of("a", ExpectedSeq.noStream(), List.of(tagged, tagged)));
    journal.appendAll(
        List.of(
            Append.of("b", ExpectedSeq.any(), List.of(tagged)).withIdempotencyKey("key"),
            Append.of("b", ExpectedSeq.any(), List.of(tagged)).withIdempotencyKey("key")));

    assertThat(journal.read(EventQuery.all().taggedAllOf("t"))).hasSize(3);
    assertThat(journal.read(EventQuery.stream("a"))).hasSize(2);
    assertThat(journal.streamIds("", "", 5)).containsExactly("a", "b");
    return positions(journal);
  }

  private static int handledBySubscription(Daybook daybook) throws Exception {
    Queue<RecordedEvent<?>> handled = new ConcurrentLinkedQueue<>();
    try (Subscription subscription =
        daybook
            .subscriptions()
            .start(Subscriber.of("mailer", daybook.rawJournal(), AtLeastOnce.each(handled::add)))) {
      Await.state(subscription, SubscriptionState.LIVE);
    }
    return handled.size();
  }

  private static List<Long> positions(Journal<ParcelEvent> journal) {
    return journal.read(EventQuery.all()).stream().<Long>map(RecordedEvent::position).toList();
  }

  private List<String> tables(String schema) {
    return callers
        .select(DSL.field("table_name", String.class))
        .from("information_schema.tables")
        .where("table_schema = ?", schema)
        .fetch(Record1::value1);
  }

  private Daybook open(TableNames names) {
    Daybook daybook = database.open(options -> options.tables(names));
    opened.add(daybook);
    return daybook;
  }
}
