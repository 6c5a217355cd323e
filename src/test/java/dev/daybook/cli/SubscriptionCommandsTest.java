package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.DeadLetter;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look after what runs in other processes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SubscriptionCommandsTest {

  @TempDir private Path directory;
  private Path db;

  @BeforeEach
  void name_the_file() {
    db = directory.resolve("events.db");
  }

  @Test
  void subscriptions_are_listed_with_their_lag_and_owner() throws Exception {
    try (Daybook daybook = Daybook.open(db)) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
      try (Subscription subscription =
          daybook
              .subscriptions()
              .start(Subscriber.of("running", journal, AtLeastOnce.each(event -> {})))) {
        Await.position(subscription, 1);
        Await.until(() -> run("subscriptions", "--json").out().contains("\"position\":1"));
        String line = run("subscriptions", "--json").out();
        assertThat(line)
            .startsWith("{\"name\":\"running\",\"position\":1,\"time\":\"")
            .contains("\"lagEvents\":0,\"lagMillis\":0,\"owner\":\"")
            .endsWith("\"deadLetters\":0}\n");
        assertThat(run("subscriptions").out())
            .matches("running\t1\t[^\t]+\t0\t0\t[^\t]+\t0\t\t\t\t\n");
      }
      journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(2));
    }
    assertThat(run("subscriptions").out()).matches("running\t1\t[^\t]+\t1\t[0-9]+\t\t0\t\t\t\t\n");
  }

  @Test
  void a_subscription_of_another_process_is_paused_resumed_and_released() throws Exception {
    try (Daybook daybook = Daybook.open(db)) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
      try (Subscription subscription =
          daybook
              .subscriptions()
              .start(Subscriber.of("parcels", journal, AtLeastOnce.each(event -> {})))) {
        Await.state(subscription, SubscriptionState.LIVE);

        assertThat(run("subscriptions", "pause", "parcels").out())
            .isEqualTo("\"parcels\" is to pause\n");
        Await.state(subscription, SubscriptionState.PAUSED);
        assertThat(run("subscriptions", "--json").out()).contains("\"pausedAt\":\"20");

        assertThat(run("subscriptions", "resume", "parcels", "--json").out())
            .isEqualTo("{\"paused\":false}\n");
        Await.state(subscription, SubscriptionState.LIVE);
        assertThat(run("subscriptions", "--json").out()).doesNotContain("paused");
        assertThat(run("subscriptions", "release", "parcels").out())
            .isEqualTo("the lease of \"parcels\" is free\n");
      }
    }
    assertThat(run("subscriptions", "release", "parcels", "--json").out())
        .isEqualTo("{\"released\":false}\n");
    assertThat(run("subscriptions", "release", "parcels").out())
        .isEqualTo("the lease of \"parcels\" was not held\n");
    for (String request : List.of("pause", "resume", "release")) {
      Run refused = Run.of("subscriptions", request, "parcles", "--db", db.toString());
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.err()).isEqualTo("daybook: there is no subscription \"parcles\"\n");
      assertThat(Run.of("subscriptions", request, "--db", db.toString()).status()).isEqualTo(2);
      assertThat(Run.of("subscriptions", request, "--help").out()).contains("NAME");
    }
  }

  @Test
  void what_has_stopped_by_itself_says_why_and_where_its_failures_came_from() throws Exception {
    try (Daybook daybook = Daybook.open(db)) {
      park(daybook, 1);
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(2));
      AtLeastOnce<ParcelEvent> failing =
          AtLeastOnce.each(
              event -> {
                throw new IllegalStateException("bad event");
              });
      try (Subscription subscription =
          daybook
              .subscriptions()
              .start(
                  Subscriber.of("parcels", journal, failing)
                      .onFailure(OnFailure.stop().withoutRetries()))) {
        Await.state(subscription, SubscriptionState.FAILED);
      }
    }
    assertThat(run("subscriptions").out())
        .contains("\t\t1\t\t20")
        .endsWith(
            "\t2\tevent 2 of stream \"a\" (Moved, position 2) could not be handled, and was tried once: java.lang.IllegalStateException: bad event\n");
    assertThat(run("subscriptions", "--json").out())
        .contains("\"stoppedAt\":\"20", "\"stopPosition\":2,\"stopReason\":\"event 2 of stream");
    assertThat(run("dead-letters", "list").lines()).hasSize(1);
    assertThat(run("dead-letters", "list", "--stack-traces").out())
        .contains("\njava.lang.IllegalStateException: bad event\n\tat dev.daybook.cli.");
    assertThat(run("dead-letters", "list", "--json").out())
        .contains("\"stackTrace\":\"java.lang.IllegalStateException: bad event\\n\\tat ");
  }

  @Test
  void dead_letters_are_listed_retried_by_who_runs_the_subscription_and_dropped() throws Exception {
    Set<Long> bad = ConcurrentHashMap.newKeySet();
    bad.addAll(List.of(1L, 2L, 3L));
    try (Daybook daybook = Daybook.open(db)) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      for (int leg = 1; leg <= 4; leg++) {
        journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(leg));
      }
      try (Subscription subscription =
          daybook
              .subscriptions()
              .start(
                  Subscriber.of(
                          "parcels",
                          journal,
                          AtLeastOnce.each(
                              event -> {
                                if (bad.contains(event.seq())) {
                                  throw new IllegalStateException("bad event");
                                }
                              }))
                      .onFailure(OnFailure.park().withoutRetries()))) {
        Await.position(subscription, 4);
        assertThat(run("dead-letters", "list").lines())
            .hasSize(3)
            .first()
            .asString()
            .startsWith(
                "parcels\t1\ta\t1\tMoved\t1\tjava.lang.IllegalStateException: bad event\tfalse\t");
        assertThat(run("dead-letters", "list", "parcels", "--json").lines())
            .hasSize(3)
            .first()
            .asString()
            .startsWith("{\"subscription\":\"parcels\",\"position\":1,\"stream\":\"a\"");
        for (String[] misspelt :
            List.of(
                new String[] {"dead-letters", "list", "parcles"},
                new String[] {"dead-letters", "retry", "parcles", "--all"},
                new String[] {"dead-letters", "drop", "parcles", "--all"})) {
          Run refused =
              Run.of(
                  Stream.concat(Stream.of(misspelt), Stream.of("--db", db + ""))
                      .toArray(String[]::new));
          assertThat(refused.status()).isEqualTo(1);
          assertThat(refused.err()).isEqualTo("daybook: there is no subscription \"parcles\"\n");
        }

        bad.clear();
        assertThat(run("dead-letters", "retry", "parcels", "--position", "2").out())
            .isEqualTo("asked \"parcels\" to retry 1 dead letter\n");
        Await.until(() -> daybook.subscriptions().deadLetters("parcels").size() == 2);
        assertThat(run("dead-letters", "retry", "parcels", "--all", "--json").out())
            .isEqualTo("{\"retried\":2}\n");
        Await.until(() -> daybook.subscriptions().deadLetters("parcels").isEmpty());

        bad.add(5L);
        journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(5));
        Await.until(() -> !daybook.subscriptions().deadLetters("parcels").isEmpty());
      }
    }
    assertThat(run("dead-letters", "drop", "parcels", "--position", "5", "--force").out())
        .isEqualTo("dropped 1 dead letter of \"parcels\"\n");
    Run again =
        Run.of(
            "dead-letters", "drop", "parcels", "--position", "5", "--force", "--db", db.toString());
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("\"parcels\" has no dead letter at position 5");
    assertThat(Run.of("dead-letters", "retry", "parcels", "--db", db.toString()).status())
        .isEqualTo(2);
  }

  @Test
  void all_dead_letters_are_those_that_nobody_finishes_meanwhile() throws Exception {
    try (Daybook daybook = Daybook.open(db)) {
      park(daybook, 3);
      deleteSecondLetterAfter(daybook, "update", "new", 1);
      assertThat(run("dead-letters", "retry", "parcels", "--all").out())
          .isEqualTo("asked \"parcels\" to retry 2 dead letters\n");
      assertThat(daybook.subscriptions().deadLetters("parcels"))
          .extracting(DeadLetter::position)
          .containsExactly(1L, 3L);
    }
  }

  @Test
  void all_dead_letters_that_are_still_there_are_dropped() throws Exception {
    try (Daybook daybook = Daybook.open(db)) {
      park(daybook, 3);
      deleteSecondLetterAfter(daybook, "delete", "old", 3);
      assertThat(run("dead-letters", "drop", "parcels", "--all", "--json", "--force").out())
          .isEqualTo("{\"dropped\":2}\n");
      assertThat(daybook.subscriptions().deadLetters("parcels")).isEmpty();
      assertThat(run("dead-letters", "drop", "parcels", "--all", "--force").out())
          .isEqualTo("dropped 0 dead letters of \"parcels\"\n");
    }
  }

  @Test
  void a_stream_that_is_held_up_is_shown_retried_and_dropped() throws Exception {
    try (Daybook daybook = Daybook.open(db)) {
      park(daybook, 3, OnFailure.parkStream());
    }
    List<String> lines = run("dead-letters", "list").lines().toList();
    assertThat(lines.get(0)).contains("a\t1\tMoved\t1\tjava.lang.").contains("\ttrue\t");
    assertThat(lines.get(1))
        .contains("a\t2\tMoved\t0\twaits for an earlier event of its stream\ttrue\t");
    assertThat(run("dead-letters", "list", "--json").lines().toList().get(1))
        .contains("\"attempts\":0,", "\"holdsStream\":true");

    assertThat(run("dead-letters", "retry", "parcels", "--position", "3").out())
        .isEqualTo("asked \"parcels\" to retry 1 dead letter\n");
    assertThat(run("dead-letters", "list").lines().toList().get(0)).matches(".*\t20[^\t]+\t20.*");
    assertThat(run("dead-letters", "drop", "parcels", "--position", "1", "--force").out())
        .isEqualTo("dropped 1 dead letter of \"parcels\"\n");
    assertThat(run("dead-letters", "list").lines().toList().get(0))
        .matches(".*a\t2\tMoved\t0\t.*\t20[^\t]+\t20.*");
    assertThat(run("dead-letters", "drop", "parcels", "--all", "--force").out())
        .isEqualTo("dropped 2 dead letters of \"parcels\"\n");
  }

  private static void park(Daybook daybook, int letters) throws InterruptedException {
    park(daybook, letters, OnFailure.park());
  }

  private static void park(Daybook daybook, int letters, OnFailure policy)
      throws InterruptedException {
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
    for (int leg = 1; leg <= letters; leg++) {
      journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(leg));
    }
    AtLeastOnce<ParcelEvent> failing =
        AtLeastOnce.each(
            event -> {
              throw new IllegalStateException("bad event");
            });
    try (Subscription subscription =
        daybook
            .subscriptions()
            .start(Subscriber.of("parcels", journal, failing).onFailure(policy.withoutRetries()))) {
      Await.position(subscription, letters);
    }
  }

  /** As a subscription does that finishes it while another is changed. */
  private static void deleteSecondLetterAfter(
      Daybook daybook, String change, String row, long position) {
    daybook.transaction(
        transaction ->
            DSL.using(transaction)
                .execute(
                    """
                    create trigger meanwhile after %s on dead_letters when %s.global_position = %s
                    begin delete from dead_letters where global_position = 2; end
                    """
                        .formatted(change, row, position)));
  }

  @Test
  void following_prints_what_another_process_appends() throws Exception {
    try (Daybook daybook = Daybook.open(db)) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
      Process follower =
          Run.start(directory, "64m", "events", "--follow", "--limit", "3", "--db", db.toString());
      try {
        Await.until(() -> printed() == 1);
        journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(2));
        Await.until(() -> printed() == 2);
        journal.append("b", ExpectedSeq.any(), ParcelEvent.moved(1));
        assertThat(follower.waitFor()).isZero();
      } finally {
        follower.destroyForcibly();
      }
      assertThat(printed()).isEqualTo(3);
    }
  }

  private long printed() {
    try {
      return Files.readString(directory.resolve("out")).lines().count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Run run(String... args) {
    String[] all = Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--db";
    all[args.length + 1] = db.toString();
    Run run = Run.of(all);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return run;
  }
}
