package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.document.DocumentDecodeException;
import dev.daybook.document.DocumentException;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.DocumentStore;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.error.InvalidInputException;
import dev.daybook.settings.Limits;
import dev.daybook.settings.TableNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents: meta first, entries in order, replaced as a whole. */
public abstract class DocumentConformance extends JournalConformance {

  private static final SyncMode MODE = new SyncMode("concurrent", "broadcast", "durable");
  private static final Meta META = new Meta(new ReplicaType("text", 1, 0), MODE, "hash-1");

  private DocumentStore documents;

  protected DocumentConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @BeforeEach
  void takeDocuments() {
    documents = daybook.documents();
  }

  @Test
  void an_unknown_document_has_no_meta_and_no_records() {
    assertThat(documents.currentMeta("d")).isEmpty();
    assertThat(load("d")).isEmpty();
    assertThat(documents.delete("d")).isFalse();
    assertThat(ids("")).isEmpty();
  }

  @Test
  void an_entry_before_any_meta_is_refused_and_leaves_nothing() {
    assertThatThrownBy(() -> documents.append("d", json(1)))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("document \"d\"")
        .hasMessageContaining("no meta yet");
    assertThatThrownBy(() -> documents.append("d", List.of(json(1), META)))
        .isInstanceOf(DocumentException.class);

    assertThat(load("d")).isEmpty();
    assertThat(ids("")).isEmpty();
  }

  @Test
  void records_come_back_in_the_order_in_which_they_were_appended() {
    List<DocumentRecord> records = new ArrayList<>(List.of(META));
    IntStream.range(0, 50).forEach(n -> records.add(n % 3 == 0 ? binary(n) : json(n)));

    records.forEach(record -> documents.append("d", record));

    assertThat(load("d")).isEqualTo(records);
    assertThat(documents.currentMeta("d")).contains(META);
  }

  @Test
  void json_and_binary_mix_and_come_back_untouched() {
    byte[] bytes = new byte[256];
    IntStream.range(0, 256).forEach(i -> bytes[i] = (byte) i);
    List<DocumentRecord> records =
        List.of(
            META,
            Entry.entirety(EntryData.json("{ \"a\" :  1.50, \"b\":\"\\u00e9é𝄞\n\" }"), "v1"),
            Entry.since(EntryData.binary(bytes), "v2").withLineage("left"),
            Entry.since(EntryData.binary(new byte[0]), "v3"),
            Entry.since(EntryData.json(""), "v4"));

    documents.append("d", records);

    assertThat(load("d")).isEqualTo(records);
  }

  @Test
  void the_last_schema_hash_and_minor_version_win() {
    Meta second = new Meta(new ReplicaType("text", 1, 7), MODE, "hash-2");
    documents.append("d", META);
    documents.append("d", second);

    assertThat(documents.currentMeta("d")).contains(second);
    assertThat(load("d")).containsExactly(META, second);
  }

  @Test
  void another_replica_type_or_sync_mode_is_refused_and_changes_nothing() {
    documents.append("d", META);
    for (Meta other :
        List.of(
            new Meta(new ReplicaType("tree", 1, 0), MODE, "hash-2"),
            new Meta(new ReplicaType("text", 2, 0), MODE, "hash-2"),
            new Meta(META.replicaType(), new SyncMode("serial", "broadcast", "durable"), "h"),
            new Meta(META.replicaType(), new SyncMode("concurrent", "none", "durable"), "h"),
            new Meta(META.replicaType(), new SyncMode("concurrent", "broadcast", "none"), "h"))) {
      assertThatThrownBy(() -> documents.append("d", List.of(json(1), other)))
          .isInstanceOf(DocumentException.class)
          .hasMessageContaining("can change");
      assertThatThrownBy(() -> documents.replace("d", List.of(other, json(1))))
          .isInstanceOf(DocumentException.class);
      assertThatThrownBy(() -> documents.replace("new", List.of(META, other)))
          .isInstanceOf(DocumentException.class);
    }

    assertThat(load("d")).containsExactly(META);
    assertThat(documents.currentMeta("d")).contains(META);
    assertThat(ids("")).containsExactly("d");
  }

  @Test
  void replace_swaps_all_records_and_the_last_meta_among_them_wins() {
    Meta second = new Meta(new ReplicaType("text", 1, 1), MODE, "hash-2");
    documents.append("d", List.of(META, json(1), json(2)));
    List<DocumentRecord> records = List.of(META, json(12), second);

    documents.replace("d", records);
    documents.append("d", json(13));

    assertThat(load("d")).containsExactly(META, json(12), second, json(13));
    assertThat(documents.currentMeta("d")).contains(second);
  }

  @Test
  void replace_makes_a_document_and_needs_a_meta() {
    documents.replace("d", List.of(META, json(1)));
    assertThatThrownBy(() -> documents.replace("d", List.of(json(2))))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("needs a meta");
    assertThatThrownBy(() -> documents.replace("d", List.of(json(2), META)))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("begins with an entry");
    assertThatThrownBy(() -> documents.replace("d", List.of()))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("has no records");

    assertThat(load("d")).containsExactly(META, json(1));
  }

  @Test
  void delete_removes_records_and_meta_and_the_id_can_be_used_again() {
    documents.append("d", List.of(META, json(1)));
    documents.append("e", List.of(META));

    assertThat(documents.delete("d")).isTrue();

    assertThat(load("d")).isEmpty();
    assertThat(documents.currentMeta("d")).isEmpty();
    assertThat(ids("")).containsExactly("e");
    Meta another = new Meta(new ReplicaType("tree", 9, 0), MODE, "h");
    documents.append("d", another);
    assertThat(load("d")).containsExactly(another);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no JSON",
        "[]",
        "{}",
        "{\"replica_type\": \"t\", \"major\": \"one\", \"minor\": 0}"
      })
  void a_damaged_record_is_named_and_its_document_can_be_deleted(String payload) {
    documents.append("d", List.of(META, json(1)));
    daybook.transaction(
        tx -> {
          DSL.using(tx).execute("update doc_meta set data = ?", payload);
          DSL.using(tx).execute("update doc_records set payload = ?", payload);
        });

    assertDamaged(() -> documents.currentMeta("d"));
    assertDamaged(() -> load("d"));
    assertDamaged(() -> documents.append("d", META));
    assertDamaged(() -> documents.replace("d", List.of(META)));

    assertThat(documents.delete("d")).isTrue();
    assertThat(load("d")).isEmpty();
    assertThat(documents.currentMeta("d")).isEmpty();
  }

  private static void assertDamaged(ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOf(DocumentDecodeException.class)
        .hasMessageStartingWith("document \"d\": a stored record can't be read: ");
  }

  @Test
  void ids_come_sorted_by_literal_case_sensitive_prefix_page_by_page() {
    List<String> all = List.of("Doc-1", "a", "doc", "doc%1", "doc-1", "doc-10", "doc-2", "doc_1");
    all.forEach(id -> documents.append(id, META));

    assertThat(ids("")).containsExactlyElementsOf(all);
    assertThat(ids("doc-1")).containsExactly("doc-1", "doc-10");
    assertThat(ids("doc%")).containsExactly("doc%1");
    assertThat(ids("doc_")).containsExactly("doc_1");
    assertThat(ids("D")).containsExactly("Doc-1");
    assertThat(documents.listDocIds("doc", "doc%1", 2)).containsExactly("doc-1", "doc-10");
    assertThat(documents.listDocIds("doc", "doc-10", 9)).containsExactly("doc-2", "doc_1");
  }

  /** A state vector of many replicas is much longer than a name. */
  @Test
  void versions_and_lineages_may_be_long_texts() {
    String longest = "ä\n\u0000\ud83d\ude80x".repeat(Limits.MAX_VERSION_LENGTH / 6 + 1);
    longest = longest.substring(0, Limits.MAX_VERSION_LENGTH / 6 * 6);
    Entry entry =
        new Entry(Entry.Kind.SINCE, EntryData.binary(new byte[] {1, 2}), longest, longest);
    documents.append("d", List.of(META, entry, json(1).withLineage(longest)));

    assertThat(load("d")).containsExactly(META, entry, json(1).withLineage(longest));
    assertThat(daybook.maintenance().verify().findings()).isEmpty();
    String tooLong = "x".repeat(Limits.MAX_VERSION_LENGTH + 1);
    assertThatThrownBy(() -> Entry.since(EntryData.json("1"), tooLong))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the version has 65537 characters; expected 1 to 65536");
    assertThatThrownBy(() -> json(1).withLineage(tooLong))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the lineage has 65537 characters");
    assertThatThrownBy(() -> Entry.since(EntryData.json("1"), "")).hasMessageContaining("version");
    assertThatThrownBy(() -> Entry.since(EntryData.json("1"), "\ud800"))
        .hasMessageContaining("unpaired surrogate");
  }

  @Test
  void the_refusal_of_another_meta_says_what_differs_and_nothing_else() {
    documents.append("d", META);

    assertRefusedFor(
        new Meta(new ReplicaType("text", 1, 7), new SyncMode("concurrent", "pull", "durable"), "h"),
        "the delivery of the sync mode is broadcast, and pull in the new one");
    assertRefusedFor(
        new Meta(new ReplicaType("list", 2, 0), MODE, "h"),
        "the replica type is text, and list in the new one;"
            + " the major version of the replica type is 1, and 2 in the new one");
    assertRefusedFor(
        new Meta(META.replicaType(), new SyncMode("one", "broadcast", "lost"), "h"),
        "the writer model of the sync mode is concurrent, and one in the new one;"
            + " the durability of the sync mode is durable, and lost in the new one");
  }

  private void assertRefusedFor(Meta next, String differences) {
    assertThatThrownBy(() -> documents.append("d", next))
        .isInstanceOf(DocumentException.class)
        .hasMessageEndingWith("nor its sync mode can change: " + differences);
  }

  @Test
  void documents_whose_names_are_prefixes_of_each_other_stay_apart() {
    documents.append("d", List.of(META, json(1)));
    documents.append("d1", List.of(META, json(2)));

    documents.delete("d");

    assertThat(load("d1")).containsExactly(META, json(2));
  }

  @Test
  void two_stores_with_other_table_names_in_one_database_do_not_see_each_other() {
    try (Daybook other = database.open(it -> it.tables(TableNames.prefixed("other_")))) {
      documents.append("d", META);

      assertThat(other.documents().currentMeta("d")).isEmpty();
      other.documents().append("e", META);
      assertThat(ids("")).containsExactly("d");
    }
  }

  @Test
  void a_load_sees_the_document_as_it_was_when_it_began() {
    documents.append("d", List.of(META, json(1), json(2)));
    try (Stream<DocumentRecord> loading = documents.loadAll("d")) {
      var iterator = loading.iterator();
      assertThat(iterator.next()).isEqualTo(META);

      documents.replace("d", List.of(META, json(9)));
      documents.append("d", json(10));

      assertThat(iterator.next()).isEqualTo(json(1));
      assertThat(iterator.next()).isEqualTo(json(2));
      assertThat(iterator.hasNext()).isFalse();
    }
  }

  @Test
  void concurrent_appends_keep_every_record_and_each_writers_order() {
    documents.append("d", META);

    List<Outcome<Integer>> outcomes =
        ConcurrentRendezvous.collide(
            8,
            writer ->
                () -> {
                  for (int n = 0; n < 100; n++) {
                    documents.append("d", entry(writer, n));
                  }
                  return writer;
                });

    assertThat(outcomes).allMatch(Outcome::succeeded);
    List<DocumentRecord> records = load("d");
    assertThat(records).hasSize(1 + 8 * 100);
    for (int writer = 0; writer < 8; writer++) {
      int of = writer;
      List<Entry> expected = IntStream.range(0, 100).mapToObj(n -> entry(of, n)).toList();
      assertThat(records)
          .filteredOn(it -> it instanceof Entry e && e.version().startsWith("w" + of + "-"))
          .isEqualTo(expected);
    }
  }

  @Test
  void a_reader_never_sees_a_mix_or_an_empty_document_while_it_is_replaced() {
    documents.replace("d", generation(0));

    List<Outcome<Integer>> outcomes =
        ConcurrentRendezvous.collide(
            List.of(
                () -> {
                  for (int n = 1; n <= 500; n++) {
                    documents.replace("d", generation(n));
                  }
                  return 0;
                },
                () -> {
                  int last = 0;
                  while (last < 500) {
                    List<DocumentRecord> seen = load("d");
                    assertThat(seen).hasSize(100);
                    int found = Integer.parseInt(((Entry) seen.get(1)).version());
                    assertThat(found).isGreaterThanOrEqualTo(last);
                    assertThat(seen).isEqualTo(generation(found));
                    last = found;
                  }
                  return 0;
                }));

    assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.failure()).isNull());
  }

  @Test
  void bad_input_is_refused_before_anything_is_written() {
    assertThatThrownBy(() -> documents.append("", META)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> documents.append("a\u0000b", META))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> EntryData.json("\uD800")).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> Entry.since(EntryData.json("1"), ""))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> new ReplicaType("text", -1, 0))
        .isInstanceOf(InvalidInputException.class);

    assertThat(ids("")).isEmpty();
  }

  @Test
  void a_caught_refusal_leaves_the_callers_transaction_as_it_was() {
    daybook.transaction(
        tx -> {
          DocumentStore inside = daybook.within(tx).documents();
          inside.append("d", List.of(META, json(1)));
          assertThatThrownBy(() -> inside.append("e", json(1)))
              .isInstanceOf(DocumentException.class);
          inside.append("d", json(2));
        });

    assertThat(load("d")).containsExactly(META, json(1), json(2));
    assertThat(ids("")).containsExactly("d");
  }

  private List<DocumentRecord> load(String docId) {
    try (Stream<DocumentRecord> records = documents.loadAll(docId)) {
      return records.toList();
    }
  }

  private List<String> ids(String prefix) {
    try (Stream<String> ids = documents.listDocIds(prefix)) {
      return ids.toList();
    }
  }

  private static List<DocumentRecord> generation(int n) {
    List<DocumentRecord> records = new ArrayList<>(List.of(META));
    for (int i = 1; i < 100; i++) {
      records.add(Entry.since(EntryData.json("" + i), "" + n));
    }
    return records;
  }

  private static Entry entry(int writer, int n) {
    return Entry.since(EntryData.json("" + n), "w" + writer + "-" + n);
  }

  private static Entry json(int n) {
    return Entry.since(EntryData.json("{\"n\":" + n + "}"), "v" + n);
  }

  private static Entry binary(int n) {
    return Entry.entirety(EntryData.binary(new byte[] {0, (byte) n, -1}), "v" + n);
  }
}
