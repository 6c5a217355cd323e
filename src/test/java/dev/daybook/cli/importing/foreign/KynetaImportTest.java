package dev.daybook.cli.importing.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.cli.Run;
import dev.daybook.cli.importing.foreign.ImportTarget.Kind;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of kyneta. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KynetaImportTest {

  private static final String META = meta("1", ",\"delivery\":\"deltas\"");
  private static final String NEWER_META = meta("2", "");

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("exchange.db");
  }

  private static String meta(String hash, String delivery) {
    return "{\"replicaType\":[\"text\",1,0],\"syncMode\":{\"writerModel\":\"many\""
        + delivery
        + ",\"durability\":\"kept\"},\"schemaHash\":\"h"
        + hash
        + "\"}";
  }

  private static Meta read(String hash, String delivery) {
    return new Meta(
        new ReplicaType("text", 1, 0), new SyncMode("many", delivery, "kept"), "h" + hash);
  }

  private static String entry(String kind, String encoding, String version, String more) {
    return "{\"kind\":\"%s\",\"encoding\":\"%s\",\"version\":\"%s\"%s}"
        .formatted(kind, encoding, version, more);
  }

  @ParameterizedTest
  @EnumSource
  void documents_keep_all_their_records(Kind kind) {
    byte[] bytes = {0, 1, (byte) 0xFF};
    try (WrittenFile written = WrittenFile.at(file).kyneta("kyneta_meta", "kyneta_records")) {
      written
          .insert("kyneta_meta", "plain", NEWER_META)
          .insert("kyneta_records", "plain", 0, "meta", META, null)
          .insert(
              "kyneta_records",
              "plain",
              1,
              "entry",
              entry("entirety", "json", "v1", ",\"data\":\"{\\\"a\\\": 1.50}\""),
              null)
          .insert("kyneta_records", "plain", 2, "meta", NEWER_META, null)
          .insert(
              "kyneta_records",
              "plain",
              3,
              "entry",
              entry("since", "binary", "v2", ",\"lineage\":\"main\""),
              bytes)
          .insert("kyneta_meta", "replaced", NEWER_META)
          .insert(
              "kyneta_records",
              "replaced",
              0,
              "entry",
              entry("entirety", "json", "v9", ",\"data\":\"[]\""),
              null)
          .insert("kyneta_meta", "only a meta", META);
    }
    try (ImportTarget target = ImportTarget.of(kind, directory)) {
      Run run = target.run("import", "--from", "kyneta", file.toString());

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out())
          .contains(
              "0 streams, 0 events, 0 tags, 0 snapshots, 0 tombstones, 0 checkpoints, 3 documents, 7 records, SHA-256 ");
      assertThat(target.verified()).startsWith("0 findings");
      try (Daybook daybook = target.open()) {
        assertThat(records(daybook, "plain"))
            .containsExactly(
                read("1", "deltas"),
                Entry.entirety(EntryData.json("{\"a\": 1.50}"), "v1"),
                read("2", "deltas"),
                Entry.since(EntryData.binary(bytes), "v2").withLineage("main"));
        assertThat(records(daybook, "replaced"))
            .containsExactly(read("2", "unspecified"), Entry.entirety(EntryData.json("[]"), "v9"));
        assertThat(records(daybook, "only a meta")).containsExactly(read("1", "deltas"));
      }
    }
  }

  private static List<DocumentRecord> records(Daybook daybook, String docId) {
    try (Stream<DocumentRecord> records = daybook.documents().loadAll(docId)) {
      return records.toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "meta, records",
    "kyneta_meta, kyneta_records",
    "kyneta_doc_meta, kyneta_records",
    "app_meta, app_records"
  })
  void the_tables_of_each_version_are_found(String meta, String records) {
    try (WrittenFile written = WrittenFile.at(file).kyneta(meta, records)) {
      written.insert(meta, "d", NEWER_META).insert(records, "d", 0, "meta", NEWER_META, null);
      if (meta.equals("kyneta_doc_meta")) {
        written
            .run("create table kyneta_store_meta (key text primary key, value text not null)")
            .insert("kyneta_store_meta", "format", "{\"major\":1,\"minor\":4}");
      }
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      String[] args = {"import", "--from", "kyneta", file.toString(), "--delivery", "whole"};
      if (meta.startsWith("app")) {
        assertThat(target.run(args).err())
            .contains(
                "exchange.db is not a file of kyneta: it has app_meta(doc_id, data), app_rec");
        args =
            Stream.concat(
                    Stream.of(args),
                    Stream.of(
                        "--table",
                        "kyneta_doc_meta=app_meta",
                        "--table",
                        "kyneta_records=app_records"))
                .toArray(String[]::new);
      }
      Run run = target.run(args);

      assertThat(run.status()).as(run.err()).isZero();
      try (Daybook daybook = target.open()) {
        assertThat(daybook.documents().currentMeta("d")).contains(read("2", "whole"));
      }
    }
  }

  @Test
  void a_format_that_is_not_known_is_refused() {
    try (WrittenFile written = WrittenFile.at(file).kyneta("kyneta_doc_meta", "kyneta_records")) {
      written
          .run("create table kyneta_store_meta (key text primary key, value text not null)")
          .insert("kyneta_store_meta", "format", "{\"major\":2,\"minor\":0}");
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      assertThat(target.run("import", "--from", "kyneta", file.toString()).err())
          .contains(
              "has the format {\"major\":2,\"minor\":0} of kyneta; expected one whose major version is 1");
    }
  }

  @Test
  void bad_records_are_named_and_leave_out_their_document() {
    try (WrittenFile written = WrittenFile.at(file).kyneta("kyneta_meta", "kyneta_records")) {
      written
          .insert("kyneta_meta", "blob", META)
          .insert("kyneta_records", "blob", 0, "meta", META, null)
          .insert("kyneta_records", "blob", 1, "entry", entry("since", "binary", "v", ""), null)
          .insert("kyneta_meta", "good", META)
          .insert("kyneta_records", "good", 0, "meta", META, null)
          .insert("kyneta_meta", "kind", META)
          .insert("kyneta_records", "kind", 0, "mesa", META, null)
          .insert("kyneta_meta", "member", META.replace("{\"rep", "{\"more\":1,\"rep"))
          .insert("kyneta_meta", "other", NEWER_META)
          .insert("kyneta_records", "other", 0, "meta", META, null)
          .insert("kyneta_records", "orphan", 0, "meta", META, null)
          .insert("kyneta_meta", "type", META)
          .insert("kyneta_records", "type", 0, "meta", META, null)
          .insert("kyneta_records", "type", 1, "meta", META.replace("text", "list"), null);
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      String[] args = {"import", "--from", "kyneta", file.toString()};

      Run refused = target.run(args);

      assertThat(refused.err().lines())
          .contains(
              "daybook: kyneta_records \"blob/1\": the encoding is binary, and the blob is NULL",
              "daybook: kyneta_records \"kind/0\": its kind is \"mesa\"; expected meta or entry",
              "daybook: kyneta_meta \"other\": it says another meta than the document's last record of that kind",
              "daybook: kyneta_records \"orphan/0\": its document has no row in the table of metas",
              "daybook: kyneta_records \"type/1\": its replica type or sync mode is not that of its document")
          .anyMatch(
              line ->
                  line.startsWith(
                      "daybook: kyneta_meta \"member\": the meta has the member \"more\", for which"))
          .last()
          .asString()
          .startsWith("daybook: 6 rows can't be imported; nothing was written");

      Run run =
          target.run(
              Stream.concat(
                      Stream.of(args), Stream.of("--skip-bad", directory.resolve("bad").toString()))
                  .toArray(String[]::new));
      assertThat(run.status()).as(run.err()).isEqualTo(3);
      assertThat(run.out()).contains("1 document, 1 record, ");
    }
  }

  @Test
  void a_document_that_an_interrupted_import_has_begun_is_completed_and_another_one_refused() {
    try (WrittenFile written = WrittenFile.at(file).kyneta("kyneta_meta", "kyneta_records")) {
      written.insert("kyneta_meta", "d", META).insert("kyneta_records", "d", 0, "meta", META, null);
      for (int i = 1; i <= 40; i++) {
        written.insert(
            "kyneta_records", "d", i, "entry", entry("since", "binary", "v" + i, ""), new byte[i]);
      }
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      String[] args = {"import", "--from", "kyneta", file.toString()};
      Run first = target.run(args);
      assertThat(first.status()).as(first.err()).isZero();
      List<DocumentRecord> all;
      try (Daybook daybook = target.open()) {
        all = records(daybook, "d");
        daybook.documents().replace("d", all.subList(0, 17));
        unfinished(daybook, "DOCUMENTS");
      }

      Run resumed = target.run("import", "--from", "kyneta", file.toString(), "--resume");

      assertThat(resumed.status()).as(resumed.err()).isZero();
      try (Daybook daybook = target.open()) {
        assertThat(records(daybook, "d")).isEqualTo(all);
        daybook.documents().replace("d", List.of(all.get(0), all.get(2)));
        unfinished(daybook, "DOCUMENTS");
      }
      assertThat(target.run("import", "--from", "kyneta", file.toString(), "--resume").err())
          .isEqualTo("daybook: document \"d\": it is in the store already, with other records\n");
    }
  }

  /** Puts an import back to the beginning of a phase, as one that is killed there leaves it. */
  private void unfinished(Daybook daybook, String phase) {
    var load =
        daybook.rawJournal().bulkLoad("import from kyneta: " + file.toAbsolutePath().normalize());
    String note = load.progress().note().replace(" DONE ", " " + phase + " ");
    load.append(List.of(), load.progress().offset() + 1, note);
  }
}
