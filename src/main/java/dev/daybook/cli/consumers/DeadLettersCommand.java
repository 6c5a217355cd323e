package dev.daybook.cli.consumers;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Consent;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.JsonOnly;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.cli.output.UnknownNames;
import dev.daybook.error.InvalidInputException;
import dev.daybook.subscription.DeadLetter;
import dev.daybook.subscription.Subscriptions;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
public final class DeadLettersCommand {

  private record Row(
      String subscription,
      long position,
      String stream,
      long seq,
      String type,
      long attempts,
      String error,
      boolean holdsStream,
      Instant parkedAt,
      Optional<Instant> retryAskedAt,
      @JsonOnly Optional<String> stackTrace) {

    static Row of(DeadLetter letter) {
      return new Row(
          letter.subscription(),
          letter.position(),
          letter.streamId(),
          letter.seq(),
          letter.type(),
          letter.attempts(),
          letter.error(),
          letter.holdsStream(),
          letter.parkedAt(),
          letter.retryAskedAt(),
          letter.stackTrace());
    }
  }

  private record Retried(long retried) {}

  private record Dropped(long dropped) {}

  /** Which of a subscription's dead letters. */
  static final class Which {

    @Option(names = "--position", paramLabel = "P", description = "The one at position P.")
    private @Nullable Long position;

    @Option(names = "--all", description = "All dead letters of the subscription.")
    @SuppressWarnings("UnusedVariable") // The one that is not --position.
    private boolean all;

    List<Long> positions(Subscriptions subscriptions, String name) {
      List<Long> all =
          lettersOf(subscriptions, name).stream().<Long>map(DeadLetter::position).toList();
      Long one = position;
      if (one == null) {
        return all;
      }
      requireFound(name, all.contains(one) ? 1 : 0);
      return List.of(one);
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
      ResultPrinter printer = store.printer();
      try (Daybook daybook = store.openToRead()) {
        Subscriptions subscriptions = daybook.subscriptions();
        String one = name;
        List<DeadLetter> letters =
            one == null ? subscriptions.deadLetters() : lettersOf(subscriptions, one);
        letters.forEach(letter -> print(letter, printer));
      }
      printer.flush();
      return 0;
    }

    private void print(DeadLetter letter, ResultPrinter printer) {
      printer.printRow(Row.of(letter));
      if (stackTraces) {
        letter.stackTrace().ifPresent(printer::printBelow);
      }
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

    /** Whether to do it. */
    boolean isWanted(Store store, String name, List<Long> positions) throws IOException {
      return true;
    }

    /** Prints what was done. */
    abstract void print(ResultPrinter printer, String name, long count);

    @Override
    public Integer call() throws IOException {
      try (Daybook daybook = store.openExisting()) {
        Subscriptions subscriptions = daybook.subscriptions();
        List<Long> positions = inOrder(which.positions(subscriptions, name));
        if (isWanted(store, name, positions)) {
          long changed = 0;
          for (long position : positions) {
            changed += change(subscriptions, name, position) ? 1 : 0;
          }
          which.requireFound(name, changed);
          print(store.printer(), name, changed);
        }
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
    void print(ResultPrinter printer, String name, long count) {
      printer.print(
          new Retried(count),
          "asked \"%s\" to retry %s".formatted(name, ResultPrinter.count(count, "dead letter")));
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

    @Mixin private Consent consent = new Consent();

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
    boolean isWanted(Store store, String name, List<Long> positions) throws IOException {
      return positions.isEmpty()
          || consent.isGiven(
              store,
              "drop %s of \"%s\""
                  .formatted(ResultPrinter.count(positions.size(), "dead letter"), name));
    }

    @Override
    void print(ResultPrinter printer, String name, long count) {
      printer.print(
          new Dropped(count),
          "dropped %s of \"%s\"".formatted(ResultPrinter.count(count, "dead letter"), name));
    }
  }

  /** A misspelt name must not look like a subscription without dead letters. */
  private static List<DeadLetter> lettersOf(Subscriptions subscriptions, String name) {
    List<DeadLetter> letters = subscriptions.deadLetters(name);
    if (letters.isEmpty() && subscriptions.find(name).isEmpty()) {
      throw UnknownNames.unknown("subscription", name);
    }
    return letters;
  }
}
