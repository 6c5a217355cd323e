package dev.daybook.subscription.internal;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.sqlcatalogue.CatalogueTest;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import dev.daybook.subscription.internal.store.DeadLetterStatements;
import dev.daybook.subscription.internal.store.SubscriptionStatements;
import org.jooq.DSLContext;

/** The subscriptions' part of the SQL catalogue. */
class SubscriptionSqlTest extends CatalogueTest {

  private static final String ALL = "lists all, in the order of the key";

  private static final String FEW = "looks through what is to be retried, which is little";

  private static final String CHECKPOINT = "SEARCH checkpoints USING PRIMARY KEY (consumer=?)";
  private static final String CHECKPOINTS = "SEARCH checkpoints USING PRIMARY KEY (consumer>?)";
  private static final String LETTERS = "SEARCH dead_letters USING PRIMARY KEY (consumer=?)";
  private static final String LETTER =
      "SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)";
  private static final String ASKED_FOR =
      "SEARCH dead_letters USING INDEX dead_letters_asked_for (consumer=? AND retry_asked_at>?)";
  private static final String QUEUES =
      "SEARCH dead_letters USING COVERING INDEX dead_letters_by_stream (consumer=?)";
  private static final String QUEUE =
      "SEARCH dead_letters USING COVERING INDEX dead_letters_by_stream (consumer=? AND stream_id=?";
  private static final String BEHIND = "SEARCH events USING INTEGER PRIMARY KEY (rowid>?)";

  SubscriptionSqlTest() {
    super("subscription", "a subscription");
  }

  @Override
  protected void addStatements(SqlCatalogue catalogue, DSLContext dsl) {
    catalogue.addFieldsOf(new SubscriptionStatements(dsl));
    catalogue.addFieldsOf(new DeadLetterStatements(dsl));
  }

  @Override
  protected void addCallers(SqlCatalogue catalogue) {
    catalogue
        .runBy(
            "Subscriptions.start",
            "create",
            "holder",
            "holders",
            "acquire",
            "hold",
            "save",
            "ask",
            "answer",
            "release",
            "stop",
            "park",
            "queue",
            "holdsAny",
            "lastQueued",
            "askFirstQueued",
            "askFirstUntried",
            "nextAsked",
            "whereabouts",
            "failedAgain",
            "drop",
            "askedFor")
        .runBy("Subscriptions.inline", "create", "claim", "advance")
        .runBy("Subscription.close", "release")
        .runBy("Subscriptions.list", "list")
        .runBy("Subscriptions.find", "find")
        .runBy("DaybookStore.status", "status")
        .runBy("Subscriptions.reset", "holder", "dropAll")
        .runBy("Subscriptions.rebuild", "holder", "dropAll")
        .runBy("Subscriptions.pause", "pause")
        .runBy("Subscriptions.resume", "resume")
        .runBy("Subscriptions.release", "takeAway")
        .runBy("Subscriptions.deadLetters", "letters", "allLetters")
        .runBy("Subscriptions.retryDeadLetter", "letter", "askFirstQueued", "askRetry")
        .runBy("Subscriptions.dropDeadLetter", "lockConsumer", "letter", "drop", "askFirstUntried");
  }

  @Override
  protected void expectOnSqlite(SqlCatalogue catalogue) {
    catalogue
        .expect("create", nothing())
        .expect("holder", searching(CHECKPOINT))
        .expect("holders", searching(CHECKPOINTS))
        .expect("acquire", searching(CHECKPOINT))
        .expect("hold", searching(CHECKPOINT))
        .expect("save", searching(CHECKPOINT))
        .expect("claim", searching(CHECKPOINT))
        .expect("advance", searching(CHECKPOINT))
        .expect("ask", searching(CHECKPOINT))
        .expect("answer", searching(CHECKPOINT))
        .expect("release", searching(CHECKPOINT))
        .expect("stop", searching(CHECKPOINT))
        .expect("takeAway", searching(CHECKPOINT))
        .expect("pause", searching(CHECKPOINT))
        .expect("resume", searching(CHECKPOINT))
        .expect("list", searching(CHECKPOINTS, BEHIND, BEHIND, LETTERS))
        .expect("find", searching(CHECKPOINT, BEHIND, BEHIND, LETTERS))
        .expect("status", searching(CHECKPOINTS, BEHIND, LETTERS))
        .expect("park", nothing())
        .expect("queue", nothing())
        .expect("holdsAny", searching(QUEUES))
        .expect("lastQueued", searching(QUEUE + " AND seq<?)"))
        .expect("askFirstQueued", searching(LETTER, QUEUE + ")"))
        .expect("askFirstUntried", searching(LETTER, QUEUE + ")"))
        .expect("lockConsumer", searching(CHECKPOINT))
        .expect("letter", searching(LETTER))
        .expect("letters", searching(LETTERS))
        .expect("allLetters", searching().allowing("SCAN dead_letters", ALL))
        .expect("nextAsked", searching(ASKED_FOR))
        .expect(
            "askedFor",
            searching()
                .allowing("SCAN dead_letters USING COVERING INDEX dead_letters_asked_for", FEW))
        .expect(
            "whereabouts",
            searching(
                LETTER,
                "SEARCH streams USING PRIMARY KEY (stream_id=?) LEFT-JOIN",
                "SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)",
                "SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq=?)"))
        .expect("askRetry", searching(LETTER))
        .expect("failedAgain", searching(LETTER))
        .expect("drop", searching(LETTER))
        .expect("dropAll", searching(LETTERS));
  }

  @Override
  protected void expectOnPostgres(SqlCatalogue catalogue) {
    String checkpoint = "Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)";
    String letters = "Index Scan using dead_letters_pkey on dead_letters: (consumer = ?)";
    String letter =
        "Index Scan using dead_letters_pkey on dead_letters: ((consumer = ?) AND (global_position = ?))";
    String askedFor = "Index Scan using dead_letters_asked_for on dead_letters: (consumer = ?)";
    String first =
        "Index Scan using dead_letters_pkey on dead_letters: ((consumer = ?) AND (global_position = (InitPlan 1).col1))";
    String queues = "Index Only Scan using dead_letters_by_stream on dead_letters: (consumer = ?)";
    String queue =
        "Index Scan using dead_letters_by_stream on dead_letters dead_letters_1: ((consumer = ?) AND (stream_id = ?))";
    String counted =
        "Index Only Scan using events_by_position on events: (global_position > checkpoints.global_position)";
    String next =
        "Index Scan using events_by_position on events events_1: (global_position > checkpoints.global_position)";
    String parked =
        "Index Only Scan using dead_letters_pkey on dead_letters: (consumer = checkpoints.consumer)";
    catalogue
        .expect("create", nothing())
        .expect("holder", searching(checkpoint))
        .expect(
            "holders",
            searching("Index Scan using checkpoints_pkey on checkpoints: (consumer > ''::text)"))
        .expect("acquire", searching(checkpoint))
        .expect("hold", searching(checkpoint))
        .expect("save", searching(checkpoint))
        .expect("claim", searching(checkpoint))
        .expect("advance", searching(checkpoint))
        .expect("ask", searching(checkpoint))
        .expect("answer", searching(checkpoint))
        .expect("release", searching(checkpoint))
        .expect("stop", searching(checkpoint))
        .expect("takeAway", searching(checkpoint))
        .expect("pause", searching(checkpoint))
        .expect("resume", searching(checkpoint))
        .expect(
            "list",
            searching(
                "Index Scan using checkpoints_pkey on checkpoints: (consumer > ''::text)",
                counted,
                next,
                parked))
        .expect("find", searching(checkpoint, counted, next, parked))
        .expect(
            "status",
            searching(
                "Index Scan using checkpoints_pkey on checkpoints: (consumer > ''::text)",
                next.replace("events events_1", "events"),
                parked))
        .expect("park", nothing())
        .expect("queue", nothing())
        .expect("holdsAny", searching(queues))
        .expect(
            "lastQueued",
            searching(
                "Index Only Scan Backward using dead_letters_by_stream on dead_letters: ((consumer = ?) AND (stream_id = ?) AND (seq <= ?))"))
        .expect("askFirstQueued", searching(queue, first))
        .expect("askFirstUntried", searching(queue, first))
        .expect("lockConsumer", searching(checkpoint))
        .expect("letter", searching(letter))
        .expect("letters", searching(letters))
        .expect(
            "allLetters",
            nothing().allowing("Index Scan using dead_letters_pkey on dead_letters", ALL))
        .expect("nextAsked", searching(askedFor))
        .expect(
            "askedFor",
            nothing().allowing("Index Only Scan using dead_letters_asked_for on dead_letters", FEW))
        .expect(
            "whereabouts",
            searching(
                letter,
                "Index Scan using streams_pkey on streams: (stream_id = dead_letters.stream_id)",
                "Index Scan using events_pkey on events: ((stream_id = dead_letters.stream_id) AND (seq = dead_letters.seq))"))
        .expect("askRetry", searching(letter))
        .expect("failedAgain", searching(letter))
        .expect("drop", searching(letter))
        .expect("dropAll", searching("Bitmap Index Scan on dead_letters_pkey: (consumer = ?)"));
  }
}
