package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.delivered;
import static dev.daybook.conformance.ParcelEvent.moved;
import static dev.daybook.conformance.ParcelEvent.posted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.JournalQuery;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamQuery;
import dev.daybook.settings.Limits;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Reading across streams by type and tag: each filter, and all of them against a plain loop. */
public abstract class QueryConformance extends JournalConformance {

  private static final Instant BEGINNING = Instant.parse("2024-03-01T00:00:00Z");

  protected QueryConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void all_of_wants_each_tag() {
    appendTagged("a", "x");
    RecordedEvent<ParcelEvent> both = appendTagged("b", "y", "x");
    appendTagged("c", "y");
    appendTagged("d");

    assertThat(journal.read(EventQuery.all().taggedAllOf("x", "y"))).containsExactly(both);
    assertThat(journal.read(EventQuery.all().taggedAllOf("x", "y", "z"))).isEmpty();
    assertThat(journal.read(EventQuery.all().taggedAllOf("x", "x"))).hasSize(2);
  }

  @Test
  void an_event_is_found_by_its_tags_whatever_was_expected_of_its_stream() {
    List<NewEvent<ParcelEvent>> events =
        List.of(
            NewEvent.of(moved(1)).tagged("first", "both"),
            NewEvent.of(moved(2)),
            NewEvent.of(moved(3)).tagged("last", "both"));
    List<RecordedEvent<ParcelEvent>> first = new ArrayList<>();
    List<RecordedEvent<ParcelEvent>> last = new ArrayList<>();
    for (ExpectedSeq expected :
        List.of(
            ExpectedSeq.noStream(),
            ExpectedSeq.exactly(3),
            ExpectedSeq.any(),
            ExpectedSeq.streamExists(),
            ExpectedSeq.exactly(12))) {
      List<RecordedEvent<ParcelEvent>> recorded = journal.append(Append.of("a", expected, events));
      first.add(recorded.get(0));
      last.add(recorded.get(2));
    }

    assertThat(journal.read(EventQuery.all().taggedAllOf("first", "both"))).isEqualTo(first);
    assertThat(journal.read(EventQuery.all().taggedAnyOf("last"))).isEqualTo(last);
    assertThat(journal.read(EventQuery.all().taggedNoneOf("both"))).hasSize(5);
    assertThat(daybook.maintenance().verify().findings()).isEmpty();
  }

  @Test
  void any_of_wants_one_tag_and_reads_each_event_once() {
    RecordedEvent<ParcelEvent> x = appendTagged("a", "x");
    RecordedEvent<ParcelEvent> both = appendTagged("b", "x", "y");
    RecordedEvent<ParcelEvent> y = appendTagged("c", "y");
    appendTagged("d", "z");

    assertThat(journal.read(EventQuery.all().taggedAnyOf("y", "x"))).containsExactly(x, both, y);
    assertThat(journal.read(EventQuery.all().taggedAnyOf("y"))).containsExactly(both, y);
    assertThat(journal.read(EventQuery.all().taggedAnyOf("nobody"))).isEmpty();
  }

  @Test
  void none_of_leaves_out_events_with_one_of_the_tags() {
    appendTagged("a", "x");
    appendTagged("b", "x", "y");
    RecordedEvent<ParcelEvent> z = appendTagged("c", "z");
    RecordedEvent<ParcelEvent> untagged = appendTagged("d");

    assertThat(journal.read(EventQuery.all().taggedNoneOf("x", "y"))).containsExactly(z, untagged);
    assertThat(journal.read(EventQuery.all().taggedAnyOf("x").taggedNoneOf("x"))).isEmpty();
  }

  @Test
  void tags_are_compared_to_the_letter() {
    RecordedEvent<ParcelEvent> lower = appendTagged("a", "tag");
    RecordedEvent<ParcelEvent> upper = appendTagged("b", "Tag");
    RecordedEvent<ParcelEvent> spaced = appendTagged("c", "tag ");
    RecordedEvent<ParcelEvent> wild = appendTagged("d", "t%g");
    RecordedEvent<ParcelEvent> composed = appendTagged("e", "\u00E9");
    RecordedEvent<ParcelEvent> combined = appendTagged("f", "e\u0301");

    assertThat(journal.read(EventQuery.all().taggedAllOf("tag"))).containsExactly(lower);
    assertThat(journal.read(EventQuery.all().taggedAnyOf("Tag"))).containsExactly(upper);
    assertThat(journal.read(EventQuery.all().taggedAnyOf("tag ", "no"))).containsExactly(spaced);
    assertThat(journal.read(EventQuery.all().taggedAllOf("t%g"))).containsExactly(wild);
    assertThat(journal.read(EventQuery.all().taggedAllOf("\u00E9"))).containsExactly(composed);
    assertThat(journal.read(EventQuery.all().taggedNoneOf("\u00E9"))).contains(combined).hasSize(5);
  }

  @Test
  void a_filter_by_type_reads_those_of_every_stream() {
    journal.append(Append.of("a", ExpectedSeq.any(), posted("x"), moved(1)));
    journal.append(Append.of("b", ExpectedSeq.any(), moved(2), delivered()));

    assertThat(journal.read(EventQuery.all().ofTypes("Moved")))
        .extracting(RecordedEvent::data)
        .containsExactly(moved(1), moved(2));
    assertThat(journal.read(EventQuery.all().ofTypes("Delivered", "Posted")))
        .extracting(RecordedEvent::data)
        .containsExactly(posted("x"), delivered());
    assertThat(journal.read(EventQuery.all().ofTypes("moved"))).isEmpty();
  }

  @Test
  void pages_behind_the_last_position_read_everything_once() {
    for (int i = 0; i < 25; i++) {
      appendTagged("s" + i % 3, i % 2 == 0 ? "even" : "odd", "all");
    }
    for (JournalQuery query :
        List.of(
            EventQuery.all(),
            EventQuery.all().taggedAllOf("even"),
            EventQuery.all().taggedAnyOf("even", "odd"),
            EventQuery.all().taggedNoneOf("odd"),
            EventQuery.all().taggedAllOf("all", "odd"))) {
      List<RecordedEvent<ParcelEvent>> paged = new ArrayList<>();
      List<RecordedEvent<ParcelEvent>> page = journal.read(query.limit(4));
      while (!page.isEmpty()) {
        assertThat(page).hasSizeLessThanOrEqualTo(4);
        paged.addAll(page);
        page = journal.read(query.limit(4).after(page.get(page.size() - 1).position()));
      }

      assertThat(paged).isEqualTo(journal.read(query)).hasSizeGreaterThan(4);
    }
  }

  @Test
  void deleted_events_are_found_by_no_tag() {
    appendTagged("a", "x");
    appendTagged("a", "x");
    RecordedEvent<ParcelEvent> kept = appendTagged("a", "x", "y");

    journal.delete("a", 2);

    assertThat(journal.read(EventQuery.all().taggedAllOf("x"))).containsExactly(kept);
    assertThat(journal.read(EventQuery.all().taggedAnyOf("x", "y"))).containsExactly(kept);
  }

  @Test
  void as_many_names_as_the_limit_allows_can_be_asked_for_at_once() {
    String[] tags =
        IntStream.range(0, Limits.MAX_TAGS).mapToObj(i -> "t" + i).toArray(String[]::new);
    RecordedEvent<ParcelEvent> full = appendTagged("a", tags);
    appendTagged("b", "t0", "t1");
    RecordedEvent<ParcelEvent> untagged = appendTagged("c");

    assertThat(journal.read(EventQuery.all().taggedAllOf(tags))).containsExactly(full);
    assertThat(journal.read(EventQuery.all().taggedAnyOf(tags))).hasSize(2);
    assertThat(journal.read(EventQuery.all().taggedNoneOf(tags))).containsExactly(untagged);
    assertThat(journal.read(EventQuery.all().taggedAllOf(tags).taggedAnyOf(tags)))
        .containsExactly(full);
    String[] types = tags.clone();
    types[Limits.MAX_TAGS - 1] = "Moved";
    assertThat(journal.read(EventQuery.all().ofTypes(types))).hasSize(3);
    assertThat(journal.read(EventQuery.stream("a").ofTypes(types))).hasSize(1);
  }

  @Test
  void a_filter_by_nothing_is_refused_because_some_expect_all_events_of_it() {
    for (ThrowingCallable filter :
        List.<ThrowingCallable>of(
            () -> EventQuery.all().taggedAnyOf(),
            () -> EventQuery.all().taggedAllOf(),
            () -> EventQuery.all().ofTypes(),
            () -> EventQuery.all().ofTypes(Set.of()),
            () -> EventQuery.stream("s").ofTypes())) {
      assertThatThrownBy(filter)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("expected at least one");
    }
    journal.append("s", ExpectedSeq.any(), moved(1));

    assertThat(journal.read(EventQuery.all().taggedNoneOf())).hasSize(1);
  }

  @Test
  void a_stream_is_read_newest_first_and_by_time() {
    for (int i = 1; i <= 6; i++) {
      journal.append(
          "s", ExpectedSeq.any(), NewEvent.of(moved(i)).at(BEGINNING.plusSeconds(10 - i)));
    }
    StreamQuery stream = EventQuery.stream("s");

    assertThat(seqs(stream.newestFirst().limit(2))).containsExactly(6L, 5L);
    assertThat(seqs(stream.recordedFrom(BEGINNING.plusSeconds(7)))).containsExactly(1L, 2L, 3L);
    assertThat(seqs(stream.recordedBefore(BEGINNING.plusSeconds(7)))).containsExactly(4L, 5L, 6L);
    assertThat(
            seqs(
                stream
                    .recordedFrom(BEGINNING.plusMillis(5_500))
                    .recordedBefore(BEGINNING.plusMillis(8_000).plusNanos(1))
                    .newestFirst()
                    .ofTypes("Moved")))
        .containsExactly(4L, 3L, 2L);
    assertThat(journal.count(stream.from(2).to(4))).isEqualTo(3);
    assertThat(journal.count(stream.limit(4))).isEqualTo(4);
    assertThat(journal.exists(stream.from(7))).isFalse();
    assertThat(journal.count(EventQuery.stream("nobody"))).isZero();
  }

  private List<Long> seqs(EventQuery query) {
    return journal.read(query).stream().map(RecordedEvent::seq).toList();
  }

  @Test
  void any_combination_of_filters_reads_what_a_plain_loop_finds() {
    Random random = new Random(20240229);
    List<String> tags = List.of("p", "q", "r", "s");
    List<Append<ParcelEvent>> appends = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      NewEvent<ParcelEvent> event =
          NewEvent.of(random.nextBoolean() ? moved(i) : posted("x"))
              .tagged(some(tags, random))
              .at(BEGINNING.plusSeconds(i));
      appends.add(Append.of("s" + random.nextInt(5), ExpectedSeq.any(), List.of(event)));
    }
    journal.appendAll(appends);
    List<RecordedEvent<ParcelEvent>> all = everything();

    for (int i = 0; i < 200; i++) {
      JournalQuery query = anyQuery(random, tags);
      List<RecordedEvent<ParcelEvent>> passing =
          all.stream().filter(event -> passes(event, query)).collect(Collectors.toList());
      if (query.isNewestFirst()) {
        Collections.reverse(passing);
      }
      List<RecordedEvent<ParcelEvent>> expected = passing.stream().limit(query.limit()).toList();

      assertThat(journal.read(query)).as("%s", query).isEqualTo(expected);
      assertThat(journal.count(query)).as("%s", query).isEqualTo(expected.size());
      assertThat(journal.exists(query)).as("%s", query).isEqualTo(!expected.isEmpty());
    }
  }

  private static JournalQuery anyQuery(Random random, List<String> tags) {
    JournalQuery query =
        EventQuery.all()
            .after(random.nextInt(100))
            .taggedNoneOf(some(tags.subList(2, 4), random))
            .inStreams(List.of("", "s", "s1", "t").get(random.nextInt(4)));
    if (random.nextInt(3) == 0) {
      query = query.limit(random.nextInt(20));
    }
    if (random.nextInt(3) == 0) {
      query = query.upTo(random.nextInt(140));
    }
    if (random.nextInt(3) == 0) {
      query = query.newestFirst();
    }
    if (random.nextInt(4) == 0) {
      query = query.recordedFrom(BEGINNING.plusSeconds(random.nextInt(60)));
    }
    if (random.nextInt(4) == 0) {
      query = query.recordedBefore(BEGINNING.plusSeconds(60 + random.nextInt(60)));
    }
    String[] types = some(List.of("Moved", "Posted", "Delivered"), random);
    query = types.length == 0 ? query : query.ofTypes(types);
    String[] allOf = some(tags.subList(0, 2), random);
    query = allOf.length == 0 ? query : query.taggedAllOf(allOf);
    String[] anyOf = some(tags, random);
    return anyOf.length == 0 ? query : query.taggedAnyOf(anyOf);
  }

  /** About every third of them, often none. */
  private static String[] some(List<String> names, Random random) {
    return names.stream().filter(name -> random.nextInt(3) == 0).toArray(String[]::new);
  }

  private static boolean passes(RecordedEvent<?> event, JournalQuery query) {
    List<String> tags = event.tags();
    return event.position() > query.after()
        && event.position() <= query.upTo()
        && query.recordedFrom().stream().noneMatch(event.time()::isBefore)
        && query.recordedBefore().stream().allMatch(event.time()::isBefore)
        && event.streamId().startsWith(query.streamPrefix())
        && (query.types().isEmpty() || query.types().contains(event.type()))
        && tags.containsAll(query.allOf())
        && (query.anyOf().isEmpty() || query.anyOf().stream().anyMatch(tags::contains))
        && query.noneOf().stream().noneMatch(tags::contains);
  }
}
