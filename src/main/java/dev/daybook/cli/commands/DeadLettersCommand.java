package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.EventPrinter;
import dev.daybook.error.InvalidInputException;
import dev.daybook.subscription.DeadLetter;
import dev.daybook.subscription.Subscriptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "Shows the dead letters of subscriptions, and retries or drops them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeadLettersCommand.Listing.class,
      DeadLettersCommand.Retry.class,
      DeadLettersCommand.Drop.class
    })
final class DeadLettersCommand {

  /** Which of a subscription's dead letters. */
  static final class Which {

    @Option(names = "--position", paramLabel = "P", description = "The one at position P.")
    private @Nullable Long position;

    @Option(names = "--all", description = "All dead letters of the subscription.")
    @SuppressWarnings("UnusedVariable") // The one that is not --position.
    private boolean all;

    List<Long> positions(Subscriptions subscriptions, String name) {
      Long one = position;
      return one != null
          ? List.of(one)
          : lettersOf(subscriptions, name).stream().<Long>map(DeadLetter::position).toList();
    }

    /** The one that was asked for must be there; of all, some may have been finished meanwhile. */
    void requireFound(String name, long found) {
      if (position != null && found == 0) {
        throw new InvalidInputException(
            "subscription \"%s\" has no dead letter at position %s".formatted(name, position));
      }
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Prints the dead letters of a subscription, or of all.")
  static final class Listing implements Callable<Integer> {

    @Mixin private Store store = new Store();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The subscription.")
    private @Nullable String name;

    @Option(
        names = "--stack-traces",
        description = "Also prints the stack trace of each failure; --json always does.")
    private boolean stackTraces;

    @Override
    public Integer call() throws IOException {
      EventPrinter printer = store.printer();
      try (Daybook daybook = store.openToRead()) {
        Subscriptions subscriptions = daybook.subscriptions();
        String one = name;
        List<DeadLetter> letters =
            one == null ? subscriptions.deadLetters() : lettersOf(subscriptions, one);
        letters.forEach(letter -> printer.print(values(letter), lines(letter)));
      }
      printer.flush();
      return 0;
    }

    private String lines(DeadLetter letter) {
      return line(letter)
          + letter.stackTrace().filter(trace -> stackTraces).map(trace -> "\n" + trace).orElse("");
    }
  }

  /** Something that is done to a subscription's dead letters, one by one. */
  abstract static class Change implements Callable<Integer> {

    @Mixin private Store store = new Store();

    @Parameters(paramLabel = "NAME", description = "The subscription.")
    private String name = "";

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    /** Says whether there is such a dead letter. */
    abstract boolean change(Subscriptions subscriptions, String name, long position);

    /** In which order that is done. */
    List<Long> inOrder(List<Long> positions) {
      return positions;
    }

    /** What was done, as a JSON key, and as a sentence. */
    abstract Map.Entry<String, String> done(String name, long count);

    @Override
    public Integer call() throws IOException {
      try (Daybook daybook = store.openExisting()) {
        Subscriptions subscriptions = daybook.subscriptions();
        long changed = 0;
        for (long position : inOrder(which.positions(subscriptions, name))) {
          if (change(subscriptions, name, position)) {
            changed++;
          }
        }
        which.requireFound(name, changed);
        Map.Entry<String, String> done = done(name, changed);
        store.printer().print(Map.of(done.getKey(), changed), done.getValue());
      }
      return 0;
    }
  }

  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description = {
        "Asks the subscription, wherever it runs, to handle dead letters once more.",
        "If one holds up its stream, or waits there, all that wait there are handled in order."
      })
  static final class Retry extends Change {

    @Override
    boolean change(Subscriptions subscriptions, String name, long position) {
      return subscriptions.retryDeadLetter(name, position);
    }

    @Override
    Map.Entry<String, String> done(String name, long count) {
      return Map.entry(
          "retried",
          "asked \"%s\" to retry %s".formatted(name, EventPrinter.count(count, "dead letter")));
    }
  }

  @Command(
      name = "drop",
      mixinStandardHelpOptions = true,
      description = {
        "Removes dead letters; the events stay in the journal.",
        "Events that waited for it are handled then, unless --all drops them, too."
      })
  static final class Drop extends Change {

    @Override
    boolean change(Subscriptions subscriptions, String name, long position) {
      return subscriptions.dropDeadLetter(name, position);
    }

    /** The last first: otherwise events that wait for a dropped one would be handled. */
    @Override
    List<Long> inOrder(List<Long> positions) {
      List<Long> reversed = new ArrayList<>(positions);
      Collections.reverse(reversed);
      return reversed;
    }

    @Override
    Map.Entry<String, String> done(String name, long count) {
      return Map.entry(
          "dropped",
          "dropped %s of \"%s\"".formatted(EventPrinter.count(count, "dead letter"), name));
    }
  }

  /** A misspelt name must not look like a subscription without dead letters. */
  private static List<DeadLetter> lettersOf(Subscriptions subscriptions, String name) {
    List<DeadLetter> letters = subscriptions.deadLetters(name);
    if (letters.isEmpty() && subscriptions.find(name).isEmpty()) {
      throw new InvalidInputException("there is no subscription \"%s\"".formatted(name));
    }
    return letters;
  }

  private static Map<String, Object> values(DeadLetter letter) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("subscription", letter.subscription());
    values.put("position", letter.position());
    values.put("stream", letter.streamId());
    values.put("seq", letter.seq());
    values.put("type", letter.type());
    values.put("attempts", letter.attempts());
    values.put("error", letter.error());
    values.put("holdsStream", letter.holdsStream());
    values.put("parkedAt", letter.parkedAt().toString());
    letter.retryAskedAt().ifPresent(asked -> values.put("retryAskedAt", asked.toString()));
    letter.stackTrace().ifPresent(trace -> values.put("stackTrace", trace));
    return values;
  }

  private static String line(DeadLetter letter) {
    return "%s  position %s  %s/%s  %s  %s%s%s  %s"
        .formatted(
            letter.subscription(),
            letter.position(),
            letter.streamId(),
            letter.seq(),
            letter.type(),
            EventPrinter.count(letter.attempts(), "attempt"),
            letter.holdsStream() && letter.attempts() > 0 ? ", holds up its stream" : "",
            letter.retryAskedAt().isPresent() ? ", to be retried" : "",
            letter.error());
  }
}
