package dev.daybook.docs;

import dev.daybook.cli.importing.foreign.WrittenFile;
import java.nio.file.Path;

/** The files of other programs that the manual imports. */
final class OtherPrograms {

  private OtherPrograms() {}

  static void writeFiles(Path directory) {
    actorTs(directory.resolve("actors.db"));
    kyneta(directory.resolve("exchange.db"));
    eskit(directory.resolve("eskit.db"));
  }

  private static void actorTs(Path file) {
    try (WrittenFile written = WrittenFile.at(file).actorTs016().snapshots016()) {
      written
          .insert("events_meta", "account-1", 4)
          .insert("events", "account-2", 1, "{\"type\":\"Opened\"}", null, 1_700_000_000_000L)
          .insert(
              "events",
              "account-1",
              5,
              "{\"type\":\"Withdrawn\",\"amount\":1.50}",
              "vip",
              1_700_000_000_001L)
          .insert(
              "events",
              "account-1",
              6,
              "{\"type\":\"Deposited\",\"amount\":3}",
              "vip",
              1_700_000_000_002L)
          .insert("events_tags", "account-1", 5, "vip", 1_700_000_000_001L)
          .insert("events_tags", "account-1", 6, "vip", 1_700_000_000_002L)
          .insert("snapshots", "account-1", 5, "{\"balance\":8.50}", 1_700_000_000_003L);
    }
  }

  private static void kyneta(Path file) {
    String meta =
        "{\"replicaType\":[\"text\",1,0],\"syncMode\":{\"writerModel\":\"concurrent\",\"durability\":\"persistent\"},\"schemaHash\":\"h1\"}";
    try (WrittenFile written = WrittenFile.at(file).kyneta("kyneta_meta", "kyneta_records")) {
      written
          .insert("kyneta_meta", "note-1", meta)
          .insert("kyneta_records", "note-1", 0, "meta", meta, null)
          .insert(
              "kyneta_records",
              "note-1",
              1,
              "entry",
              "{\"kind\":\"entirety\",\"encoding\":\"json\",\"version\":\"v1\",\"data\":\"[]\"}",
              null);
    }
  }

  private static void eskit(Path file) {
    try (WrittenFile written = WrittenFile.at(file)) {
      written
          .run(
              "create table events (id integer primary key autoincrement, stream text, version"
                  + " integer, event_type text, data text, created_at integer)")
          .insert("events", 1, "order-1", 1, "OrderPlaced", "{}", 1_700_000_000_000L);
    }
  }
}
