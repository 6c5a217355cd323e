package dev.daybook.cli.consumers;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Consent;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.cli.output.UnknownNames;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.SubscriptionInfo;
import dev.daybook.subscription.SubscriptionStop;
import dev.daybook.subscription.Subscriptions;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jooq.Table;
import org.jooq.impl.DSL;
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
    name = "subscriptions",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the position of each subscription, how far it is behind, and which process runs it.",
      "Also since when it is paused, and when, at which position and why it has stopped by itself.",
      "With ACTION and NAME: does that to a subscription, in whichever process it runs.",
      "",
      "pause: it finishes its handler's call and begins nothing new, until it is resumed. The process that runs it notices that at its next heartbeat; one that does not run is paused when it starts.",
      "resume: it continues.",
      "reset: it continues from another position, which --to says.",
      "rebuild: it begins again with the first event, its dead letters are dropped, and the tables of --clear are emptied, all in one transaction.",
      "release: its lease is taken away from a holder that has ended or is stuck, so that another process takes over. A running handler is not stopped: an at-least-once handler may get events twice.",
      ""
    })
public final class SubscriptionsCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTION",
      description = "One of ${COMPLETION-CANDIDATES}.")
  private @Nullable Action action;

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "The subscription.")
  private @Nullable String name;

  @Option(
      names = "--to",
      paramLabel = "P|beginning|end",
      converter = Start.class,
      completionCandidates = Start.Words.class,
      description = "reset: the position to continue after, or an end of the journal.")
  private @Nullable StartFrom to;

  @Option(
      names = "--clear",
      paramLabel = "TABLE",
      description =
          "rebuild: a table that its handler has written, to be emptied. May be given more than once.")
  private String[] clear = {};

  @Mixin private Consent consent = new Consent();

  /** What can be done to a subscription. */
  enum Action {
    /** Begins nothing new. */
    pause,
    /** Undoes that. */
    resume,
    /** Continues elsewhere. */
    reset,
    /** Begins again. */
    rebuild,
    /** Has its lease taken away. */
    release
  }

  private record Row(
      String name,
      long position,
      Instant time,
      long lagEvents,
      long lagMillis,
      Optional<String> owner,
      long deadLetters,
      Optional<Instant> pausedAt,
      Optional<Instant> stoppedAt,
      Optional<Long> stopPosition,
      Optional<String> stopReason) {

    static Row of(SubscriptionInfo info) {
      Optional<SubscriptionStop> stop = info.stop();
      return new Row(
          info.name(),
          info.position(),
          info.updatedAt(),
          info.lagEvents(),
          info.lagTime().toMillis(),
          info.owner(),
          info.deadLetters(),
          info.pausedAt(),
          stop.map(SubscriptionStop::at),
          stop.map(SubscriptionStop::position),
          stop.map(SubscriptionStop::reason));
    }
  }

  private record Paused(boolean paused) {}

  private record Released(boolean released) {}

  private record Moved(long position) {}

  @Override
  public Integer call() throws IOException {
    requireUsable();
    ResultPrinter printer = store.printer();
    if (action == null) {
      try (Daybook daybook = store.openToRead()) {
        daybook.subscriptions().list().forEach(info -> printer.printRow(Row.of(info)));
      }
    } else {
      try (Daybook daybook = store.openExisting()) {
        act(daybook, action, Objects.requireNonNull(name), printer);
      }
    }
    printer.flush();
    return 0;
  }

  private void requireUsable() {
    String problem = null;
    if (action != null && name == null) {
      problem = action + " needs the NAME of a subscription";
    } else if ((action == Action.reset) != (to != null)) {
      problem = "reset needs --to, and nothing else takes it";
    } else if (action != Action.rebuild && clear.length > 0) {
      problem = "--clear is for rebuild";
    }
    if (problem != null) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
    }
  }

  private void act(Daybook daybook, Action asked, String subscription, ResultPrinter printer)
      throws IOException {
    Subscriptions subscriptions = daybook.subscriptions();
    if (subscriptions.find(subscription).isEmpty()) {
      throw UnknownNames.unknown("subscription", subscription);
    }
    switch (asked) {
      case pause -> {
        subscriptions.pause(subscription);
        printer.print(new Paused(true), "\"%s\" is to pause".formatted(subscription));
      }
      case resume -> {
        subscriptions.resume(subscription);
        printer.print(new Paused(false), "\"%s\" is to continue".formatted(subscription));
      }
      case release -> {
        boolean released = subscriptions.release(subscription);
        printer.print(
            new Released(released),
            "the lease of \"%s\" %s"
                .formatted(subscription, released ? "is free" : "was not held"));
      }
      case reset -> {
        StartFrom where = Objects.requireNonNull(to);
        String goal =
            where instanceof StartFrom.Position at
                ? "position " + at.position()
                : "the end of the journal";
        String plan = "have subscription \"%s\" continue after %s".formatted(subscription, goal);
        if (consent.isGiven(store, plan)) {
          subscriptions.reset(subscription, where);
          printMoved(subscriptions, subscription, printer);
        }
      }
      case rebuild -> {
        requireTables(daybook);
        String tables = clear.length == 0 ? "" : ", and empty " + String.join(", ", clear);
        if (consent.isGiven(
            store, "have subscription \"%s\" begin again%s".formatted(subscription, tables))) {
          rebuild(subscriptions, subscription);
          printMoved(subscriptions, subscription, printer);
        }
      }
    }
  }

  private void rebuild(Subscriptions subscriptions, String subscription) {
    subscriptions.rebuild(
        subscription,
        transaction -> {
          for (String each : clear) {
            DSL.using(transaction).deleteFrom(named(each)).execute();
          }
        });
  }

  private static Table<?> named(String table) {
    return table(name(table.split("\\.")));
  }

  /** Makes sure that what is to be emptied is there, before anything is asked or planned. */
  private void requireTables(Daybook daybook) {
    daybook.transaction(
        transaction -> {
          for (String each : clear) {
            DSL.using(transaction).selectFrom(named(each)).limit(0).execute();
          }
        });
  }

  private static void printMoved(
      Subscriptions subscriptions, String subscription, ResultPrinter printer) {
    long position = subscriptions.find(subscription).map(SubscriptionInfo::position).orElse(0L);
    printer.print(
        new Moved(position),
        "\"%s\" continues after position %s".formatted(subscription, position));
  }

  /** Reads where to continue. */
  static final class Start implements ITypeConverter<StartFrom> {

    /** Where to continue, besides a number. */
    static final class Words extends ArrayList<String> {
      private static final long serialVersionUID = 1L;

      Words() {
        super(List.of("beginning", "end"));
      }
    }

    @Override
    public StartFrom convert(String text) {
      return switch (text) {
        case "beginning" -> StartFrom.beginning();
        case "end" -> StartFrom.end();
        default -> at(text);
      };
    }

    private static StartFrom at(String text) {
      try {
        return StartFrom.position(Long.parseUnsignedLong(text));
      } catch (NumberFormatException e) {
        throw new TypeConversionException(
            "'" + text + "' is not a position; expected a number, beginning or end");
      }
    }
  }
}
