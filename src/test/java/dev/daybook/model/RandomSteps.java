package dev.daybook.model;

import dev.daybook.document.DocumentRecord;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.JournalQuery;
import dev.daybook.journal.StreamQuery;
import dev.daybook.model.JournalOperations.AppendTo;
import dev.daybook.model.JournalOperations.Content;
import dev.daybook.model.JournalOperations.Expectation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Steps that follow from a seed. Few names, so that they meet each other often. */
final class RandomSteps {

  private static final List<String> STREAMS = List.of("a", "a-1", "a-2", "b", "b_1", "B-1", "b%");
  private static final List<String> PREFIXES = List.of("", "a", "a-", "b", "b_", "%", "none");
  private static final List<String> TYPES = List.of("Made", "Changed", "changed");
  private static final List<String> TAGS = List.of("red", "green", "blue", "Red");
  private static final List<String> KEYS = List.of("k1", "k2", "k3");
  private static final List<String> DOCUMENTS = List.of("note", "note-1", "list");
  private static final List<String> CONSUMERS = List.of("mailer", "report");

  private final Random random;

  private RandomSteps(long seed) {
    this.random = new Random(seed);
  }

  static List<Step> of(long seed, int count) {
    RandomSteps steps = new RandomSteps(seed);
    return IntStream.range(0, count).mapToObj(any -> steps.step()).toList();
  }

  private Step step() {
    int daybook = random.nextInt(2);
    return switch (random.nextInt(40)) {
      case 0 -> new Step.Reopen(daybook);
      case 1, 2, 3 ->
          new Step.Together(
              daybook, inline(), list(1, 6, any -> operation()), random.nextInt(3) > 0);
      default -> new Step.Alone(daybook, inline(), operation());
    };
  }

  private boolean inline() {
    return random.nextInt(4) == 0;
  }

  private Operation operation() {
    return switch (random.nextInt(31)) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> new JournalOperations.AppendOne(append(one(STREAMS)));
      case 8, 9 -> appendAll();
      case 10 -> new JournalOperations.DeleteTo(one(STREAMS), random.nextInt(8));
      case 11 -> new JournalOperations.RaiseMark(one(STREAMS), random.nextInt(6));
      case 12, 13, 14 -> new JournalOperations.ReadStream(streamQuery());
      case 15, 16, 17 -> readJournal();
      case 18 ->
          new JournalOperations.ListStreams(one(PREFIXES), maybe(one(STREAMS)), random.nextInt(5));
      case 19 -> new StreamOperations.Look(one(STREAMS));
      case 20 -> changeOfState();
      case 21, 22 -> snapshot();
      case 23, 24, 25, 26 -> document();
      case 27 ->
          new StoreOperations.SaveCheckpoint(
              one(CONSUMERS), random.nextInt(30), random.nextInt(4) == 0);
      case 28 -> new StoreOperations.ListCheckpoints();
      case 29 -> new JournalOperations.FindByKey(one(STREAMS), one(KEYS));
      default -> new StoreOperations.DeleteCheckpoint(one(CONSUMERS));
    };
  }

  private AppendTo append(String stream) {
    return new AppendTo(
        stream,
        random.nextInt(2) == 0 ? Expectation.ANY : one(List.of(Expectation.values())),
        list(random.nextInt(10) == 0 ? 0 : 1, 3, any -> content()),
        random.nextInt(4) == 0 ? one(KEYS) : null);
  }

  private Operation appendAll() {
    List<String> streams = new ArrayList<>(STREAMS);
    Collections.shuffle(streams, random);
    return new JournalOperations.AppendAll(list(0, 3, i -> append(streams.get(i))));
  }

  private Content content() {
    return new Content(
        one(TYPES),
        "{\"n\":" + random.nextInt(100) + "}",
        some(TAGS),
        maybeNull("request-1"),
        random.nextInt(3) > 0 ? null : time());
  }

  private StreamQuery streamQuery() {
    StreamQuery query = EventQuery.stream(one(STREAMS));
    query = random.nextBoolean() ? query : query.from(random.nextInt(6)).to(random.nextInt(8));
    query = random.nextInt(3) > 0 ? query : query.limit(random.nextInt(4));
    query = random.nextInt(3) > 0 ? query : query.newestFirst();
    query = random.nextInt(4) > 0 ? query : query.recordedFrom(time());
    query = random.nextInt(4) > 0 ? query : query.recordedBefore(time());
    String[] types = filter(TYPES);
    return types.length == 0 ? query : query.ofTypes(types);
  }

  private Operation readJournal() {
    JournalQuery query =
        EventQuery.all()
            .limit(random.nextBoolean() ? EventQuery.UNLIMITED : random.nextInt(5))
            .taggedNoneOf(filter(TAGS))
            .inStreams(random.nextBoolean() ? "" : one(PREFIXES));
    query = random.nextInt(3) > 0 ? query : query.newestFirst();
    query = random.nextInt(4) > 0 ? query : query.recordedFrom(time());
    query = random.nextInt(4) > 0 ? query : query.recordedBefore(time());
    String[] types = filter(TYPES);
    query = types.length == 0 ? query : query.ofTypes(types);
    String[] allOf = filter(TAGS);
    query = allOf.length == 0 ? query : query.taggedAllOf(allOf);
    String[] anyOf = filter(TAGS);
    query = anyOf.length == 0 ? query : query.taggedAnyOf(anyOf);
    return new JournalOperations.ReadJournal(
        query,
        random.nextBoolean() ? 0 : random.nextInt(20),
        random.nextBoolean() ? null : random.nextInt(20));
  }

  private Operation changeOfState() {
    String stream = one(STREAMS);
    return switch (random.nextInt(10)) {
      case 0 -> new StreamOperations.DeleteForGood(stream);
      case 1, 2 -> new StreamOperations.Archive(stream);
      case 3, 4 ->
          new StreamOperations.Tombstone(stream, maybeNull(one(List.of("because", "for good"))));
      default -> new StreamOperations.Restore(stream);
    };
  }

  private Operation snapshot() {
    String stream = one(STREAMS);
    return switch (random.nextInt(4)) {
      case 0 -> new StoreOperations.LoadSnapshots(stream, random.nextInt(8));
      case 1 ->
          new StoreOperations.DeleteSnapshots(
              stream, random.nextBoolean() ? null : (long) random.nextInt(6));
      default ->
          new StoreOperations.SaveSnapshot(stream, random.nextInt(3), "at " + random.nextInt(100));
    };
  }

  private Operation document() {
    String id = one(DOCUMENTS);
    return switch (random.nextInt(8)) {
      case 0 -> new StoreOperations.DeleteDocument(id);
      case 1, 2 -> new StoreOperations.LoadDocument(id);
      case 3 ->
          new StoreOperations.ListDocuments(
              one(List.of("", "note", "x")), maybe(one(DOCUMENTS)), random.nextInt(4));
      default ->
          new StoreOperations.WriteDocument(
              id, list(1, 3, any -> documentRecord()), random.nextInt(4) == 0);
    };
  }

  private DocumentRecord documentRecord() {
    if (random.nextInt(3) == 0) {
      return new Meta(
          new ReplicaType("text", random.nextInt(6) == 0 ? 2 : 1, random.nextInt(3)),
          new SyncMode("one", "two", "three"),
          "hash-" + random.nextInt(3));
    }
    EntryData data =
        random.nextBoolean()
            ? EntryData.json("[" + random.nextInt(100) + "]")
            : EntryData.binary(new byte[] {(byte) random.nextInt()});
    return random.nextBoolean() ? Entry.since(data, "v1") : Entry.entirety(data, "v2");
  }

  /** Few, and long before the time of an append that names none. */
  private Instant time() {
    return Instant.ofEpochSecond(1 + random.nextInt(6));
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private List<String> some(List<String> of) {
    return of.stream().filter(any -> random.nextInt(3) == 0).toList();
  }

  private String[] filter(List<String> of) {
    return random.nextInt(3) > 0 ? new String[0] : some(of).toArray(String[]::new);
  }

  private String maybe(String text) {
    return random.nextBoolean() ? "" : text;
  }

  private @Nullable String maybeNull(String text) {
    return random.nextBoolean() ? null : text;
  }

  private <T> List<T> list(int least, int most, IntFunction<T> each) {
    int count = least + random.nextInt(most - least + 1);
    return IntStream.range(0, count).mapToObj(each).toList();
  }
}
