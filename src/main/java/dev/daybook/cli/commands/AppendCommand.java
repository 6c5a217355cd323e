package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.json.JsonLine;
import dev.daybook.cli.options.DataInput;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.EventPrinter;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.AppendResult;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "append",
    mixinStandardHelpOptions = true,
    description = "Appends one event to a stream and prints it as it was recorded.",
    footer = {
      "",
      "Exit status: 0 done, or the same event was there under the key, 1 refused or failed, 2 wrong usage, 3 another event was there under the key: it is printed, and nothing was appended."
    })
final class AppendCommand implements Callable<Integer> {

  private static final int OTHER_EVENT = 3;

  @Mixin private Store store = new Store();

  @Parameters(index = "0", paramLabel = "STREAM", description = "The stream's id.")
  private String stream = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "JSON",
      description =
          "The event's data; - or nothing reads it from standard input, or from --data-file.")
  private String data = "-";

  @Mixin private DataInput input = new DataInput();

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--type", required = true, paramLabel = "T", description = "The event's type.")
  private String type = "";

  @Option(names = "--tag", paramLabel = "T", description = "A tag. May be given more than once.")
  private String[] tags = {};

  @Option(
      names = "--expect",
      paramLabel = "N|none|exists|any",
      converter = Expectation.class,
      completionCandidates = Expectation.Words.class,
      description =
          "What the stream must have: N as its last sequence number, no events, some events. Default: any.")
  private ExpectedSeq expected = ExpectedSeq.any();

  @Option(
      names = "--key",
      paramLabel = "K",
      description = "An idempotency key: appending again under it changes nothing.")
  private @Nullable String key;

  @Option(
      names = "--meta",
      paramLabel = "K=V",
      description = "Metadata, such as correlationId=ID. May be given more than once.")
  private Map<String, String> metadata = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException {
    NewEvent<EncodedEvent> event =
        NewEvent.of(event()).tagged(tags).withMetadata(new Metadata(metadata));
    try (Daybook daybook = store.open()) {
      Append<EncodedEvent> append = Append.of(stream, expected, event);
      EventPrinter printer = new EventPrinter(store.printer(), EventPrinter.Part.WHOLE);
      if (key == null) {
        daybook.rawJournal().append(append).forEach(printer::print);
        printer.flush();
        return 0;
      }
      AppendResult<EncodedEvent> result =
          daybook.rawJournal().appendOnce(append.withIdempotencyKey(key));
      result.events().forEach(printer::print);
      printer.flush();
      if (!result.hasOtherEvents()) {
        return 0;
      }
      store
          .terminal()
          .printError(
              "stream \"%s\" has another event under the key \"%s\", and nothing was appended"
                  .formatted(stream, key));
      return OTHER_EVENT;
    }
  }

  private EncodedEvent event() throws IOException {
    if (input.isFile() && !data.equals("-")) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "the data is given twice, as an argument and by --data-file");
    }
    String text = data.equals("-") ? input.text(store) : data;
    byte[] json = JsonLine.requireJson("the data", EncodedEvent.json(type, text).payload());
    return new EncodedEvent(type, EncodedEvent.JSON, json);
  }

  /** Reads an expectation. */
  static final class Expectation implements ITypeConverter<ExpectedSeq> {

    /** What can be expected besides a number. */
    static final class Words extends ArrayList<String> {
      private static final long serialVersionUID = 1L;

      Words() {
        super(List.of("none", "exists", "any"));
      }
    }

    @Override
    public ExpectedSeq convert(String text) {
      return switch (text) {
        case "any" -> ExpectedSeq.any();
        case "none" -> ExpectedSeq.noStream();
        case "exists" -> ExpectedSeq.streamExists();
        default -> exactly(text);
      };
    }

    private static ExpectedSeq exactly(String text) {
      try {
        return ExpectedSeq.exactly(Long.parseUnsignedLong(text));
      } catch (NumberFormatException | InvalidInputException e) {
        throw new TypeConversionException(
            "'" + text + "' is not an expectation; expected a number, none, exists or any");
      }
    }
  }
}
