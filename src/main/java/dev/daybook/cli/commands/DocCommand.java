package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.importing.DocumentJson;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.EventPrinter;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.error.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "doc",
    mixinStandardHelpOptions = true,
    description = "Works on one document.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DocCommand.Read.class,
      DocCommand.ReadMeta.class,
      DocCommand.Append.class,
      DocCommand.Replace.class,
      DocCommand.Delete.class
    })
final class DocCommand {

  /** Which document. */
  static final class Target {
    @Parameters(paramLabel = "ID", description = "The document's id.")
    private String id = "";
  }

  @Command(
      name = "read",
      mixinStandardHelpOptions = true,
      description =
          "Prints the records of a document, in order. Binary data is base64 with --json.")
  static final class Read implements Callable<Integer> {
    @Mixin private Store store = new Store();
    @Mixin private Target target = new Target();

    @Override
    public Integer call() throws IOException {
      EventPrinter printer = store.printer();
      try (Daybook daybook = store.openToRead();
          Stream<DocumentRecord> records = daybook.documents().loadAll(target.id)) {
        for (Iterator<DocumentRecord> each = records.iterator(); each.hasNext(); ) {
          DocumentRecord record = each.next();
          printer.print(DocumentJson.write(record), line(record));
        }
      }
      printer.flush();
      return 0;
    }
  }

  @Command(
      name = "meta",
      mixinStandardHelpOptions = true,
      description = "Prints the current meta of a document.")
  static final class ReadMeta implements Callable<Integer> {
    @Mixin private Store store = new Store();
    @Mixin private Target target = new Target();

    @Override
    public Integer call() throws IOException {
      try (Daybook daybook = store.openToRead()) {
        Optional<Meta> meta = daybook.documents().currentMeta(target.id);
        Meta found =
            meta.orElseThrow(
                () ->
                    new InvalidInputException("there is no document \"%s\"".formatted(target.id)));
        store.printer().print(DocumentJson.write(found), line(found));
      }
      return 0;
    }
  }

  @Command(
      name = "append",
      mixinStandardHelpOptions = true,
      description =
          "Appends a record, a JSON object on standard input, as `doc read --json` prints it.")
  static final class Append implements Callable<Integer> {
    @Mixin private Store store = new Store();
    @Mixin private Target target = new Target();

    @Override
    public Integer call() throws IOException {
      DocumentRecord record = DocumentJson.read(input(store));
      try (Daybook daybook = store.open()) {
        daybook.documents().append(target.id, record);
      }
      return done(store, target, 1);
    }
  }

  @Command(
      name = "replace",
      mixinStandardHelpOptions = true,
      description = "Replaces all records by those on standard input, one JSON object a line.")
  static final class Replace implements Callable<Integer> {
    @Mixin private Store store = new Store();
    @Mixin private Target target = new Target();

    @Override
    public Integer call() throws IOException {
      List<DocumentRecord> records = new ArrayList<>();
      int number = 0;
      for (String line : input(store).lines().toList()) {
        number++;
        if (!line.isBlank()) {
          records.add(read(line, number));
        }
      }
      try (Daybook daybook = store.open()) {
        daybook.documents().replace(target.id, records);
      }
      return done(store, target, records.size());
    }

    private static DocumentRecord read(String line, int number) throws IOException {
      try {
        return DocumentJson.read(line);
      } catch (InvalidInputException e) {
        throw new InvalidInputException("line %s: %s".formatted(number, e.getMessage()));
      }
    }
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Removes a document with all its records.")
  static final class Delete implements Callable<Integer> {
    @Mixin private Store store = new Store();
    @Mixin private Target target = new Target();

    @Override
    public Integer call() throws IOException {
      try (Daybook daybook = store.openExisting()) {
        boolean deleted = daybook.documents().delete(target.id);
        store
            .printer()
            .print(
                Map.of("deleted", deleted),
                "document \"%s\" %s"
                    .formatted(target.id, deleted ? "is removed" : "was not there"));
      }
      return 0;
    }
  }

  private static String input(Store store) throws IOException {
    return store.terminal().input();
  }

  private static int done(Store store, Target target, int records) {
    store
        .printer()
        .print(
            Map.of("records", records),
            "wrote %s of document \"%s\""
                .formatted(EventPrinter.count(records, "record"), target.id));
    return 0;
  }

  private static String line(DocumentRecord record) {
    if (record instanceof Entry entry) {
      return "%s  %s  %s%s"
          .formatted(
              entry.kind().name().toLowerCase(Locale.ROOT),
              entry.version(),
              entry.lineage() == null ? "" : entry.lineage() + "  ",
              data(entry.data()));
    }
    Meta meta = (Meta) record;
    return "meta  %s %s.%s  %s/%s/%s  %s"
        .formatted(
            meta.replicaType().name(),
            meta.replicaType().major(),
            meta.replicaType().minor(),
            meta.syncMode().writerModel(),
            meta.syncMode().delivery(),
            meta.syncMode().durability(),
            meta.schemaHash());
  }

  private static String data(EntryData data) {
    return data instanceof EntryData.Json json
        ? json.text().replaceAll("\\s*\\R\\s*", " ")
        : data.toString();
  }
}
