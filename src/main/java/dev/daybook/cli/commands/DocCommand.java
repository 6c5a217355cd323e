package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.importing.DocumentJson;
import dev.daybook.cli.options.Consent;
import dev.daybook.cli.options.DataInput;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.cli.output.UnknownNames;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
      ResultPrinter printer = store.printer();
      try (Daybook daybook = store.openToRead();
          Stream<DocumentRecord> records = daybook.documents().loadAll(target.id)) {
        Iterator<DocumentRecord> each = records.iterator();
        boolean found = each.hasNext();
        while (each.hasNext() && print(printer, each.next())) {}
        if (!found) {
          throw UnknownNames.unknown("document", target.id);
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
        Meta meta =
            daybook
                .documents()
                .currentMeta(target.id)
                .orElseThrow(() -> UnknownNames.unknown("document", target.id));
        ResultPrinter printer = store.printer();
        print(printer, meta);
        printer.flush();
      }
      return 0;
    }
  }

  /** The records that a command writes. */
  static final class Records {
    @Mixin private DataInput input = new DataInput();

    @Option(names = "--any-text", description = "Take text of the encoding json that is not JSON.")
    private boolean anyText;

    List<DocumentRecord> read(Store store) throws IOException {
      List<DocumentRecord> records = new ArrayList<>();
      int number = 0;
      for (String line : input.text(store).lines().toList()) {
        number++;
        if (!line.isBlank()) {
          records.add(read(line, number));
        }
      }
      if (records.isEmpty()) {
        throw new InvalidInputException("there is no record; expected a JSON object a line");
      }
      return records;
    }

    private DocumentRecord read(String line, int number) {
      try {
        return DocumentJson.read(line, anyText);
      } catch (InvalidInputException e) {
        throw new InvalidInputException("line %s: %s".formatted(number, e.getMessage()));
      }
    }
  }

  @Command(
      name = "append",
      mixinStandardHelpOptions = true,
      description =
          "Appends records, one JSON object a line as `doc read --json` prints them: all or none.")
  static final class Append implements Callable<Integer> {
    @Mixin private Store store = new Store();
    @Mixin private Target target = new Target();
    @Mixin private Records records = new Records();

    @Override
    public Integer call() throws IOException {
      List<DocumentRecord> read = records.read(store);
      try (Daybook daybook = store.open()) {
        daybook.documents().append(target.id, read);
      }
      return done(store, target, read.size());
    }
  }

  @Command(
      name = "replace",
      mixinStandardHelpOptions = true,
      description = "Replaces all records by others, one JSON object a line.")
  static final class Replace implements Callable<Integer> {
    @Mixin private Store store = new Store();
    @Mixin private Target target = new Target();
    @Mixin private Records records = new Records();
    @Mixin private Consent consent = new Consent();

    @Override
    public Integer call() throws IOException {
      List<DocumentRecord> read = records.read(store);
      try (Daybook daybook = store.open()) {
        boolean exists = daybook.documents().currentMeta(target.id).isPresent();
        String plan = "replace all records of document \"%s\"".formatted(target.id);
        if (!consent.isGiven(store, plan, exists)) {
          return 0;
        }
        daybook.documents().replace(target.id, read);
      }
      return done(store, target, read.size());
    }
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Deletes a document with all its records.")
  static final class Delete implements Callable<Integer> {
    @Mixin private Store store = new Store();
    @Mixin private Target target = new Target();
    @Mixin private Consent consent = new Consent();

    @Override
    public Integer call() throws IOException {
      try (Daybook daybook = store.openExisting()) {
        if (daybook.documents().currentMeta(target.id).isEmpty()) {
          throw UnknownNames.unknown("document", target.id);
        }
        if (consent.isGiven(store, "delete document \"%s\"".formatted(target.id))) {
          boolean deleted = daybook.documents().delete(target.id);
          store
              .printer()
              .print(new Deleted(deleted), "document \"%s\" is deleted".formatted(target.id));
        }
      }
      return 0;
    }
  }

  private record Deleted(boolean deleted) {}

  private record Written(int records) {}

  private record Row(
      String record, Optional<String> version, Optional<String> lineage, String data) {

    static Row of(DocumentRecord record) {
      if (record instanceof Entry entry) {
        return new Row(
            entry.kind().name().toLowerCase(Locale.ROOT),
            Optional.of(entry.version()),
            Optional.ofNullable(entry.lineage()),
            entry.data() instanceof EntryData.Json json ? json.text() : entry.data().toString());
      }
      Meta meta = (Meta) record;
      return new Row(
          "meta",
          Optional.empty(),
          Optional.empty(),
          "%s %s.%s %s/%s/%s %s"
              .formatted(
                  meta.replicaType().name(),
                  meta.replicaType().major(),
                  meta.replicaType().minor(),
                  meta.syncMode().writerModel(),
                  meta.syncMode().delivery(),
                  meta.syncMode().durability(),
                  meta.schemaHash()));
    }
  }

  private static boolean print(ResultPrinter printer, DocumentRecord record) {
    return printer.printRow(DocumentJson.write(record), Row.of(record));
  }

  private static int done(Store store, Target target, int records) {
    store
        .printer()
        .print(
            new Written(records),
            "wrote %s of document \"%s\""
                .formatted(ResultPrinter.count(records, "record"), target.id));
    return 0;
  }
}
