package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.EventPrinter;
import dev.daybook.subscription.SubscriptionInfo;
import dev.daybook.subscription.SubscriptionStop;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "subscriptions",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the position of each subscription, how far it is behind, and which process runs it.",
      "Also since when it is paused, and when, at which position and why it has stopped by itself."
    })
final class SubscriptionsCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Override
  public Integer call() throws IOException {
    EventPrinter printer = store.printer();
    try (Daybook daybook = store.openToRead()) {
      for (SubscriptionInfo info : daybook.subscriptions().list()) {
        printer.print(values(info), line(info));
      }
    }
    printer.flush();
    return 0;
  }

  private static Map<String, Object> values(SubscriptionInfo info) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", info.name());
    values.put("position", info.position());
    values.put("time", info.updatedAt().toString());
    values.put("lagEvents", info.lagEvents());
    values.put("lagMillis", info.lagTime().toMillis());
    info.owner().ifPresent(owner -> values.put("owner", owner));
    values.put("deadLetters", info.deadLetters());
    info.pausedAt().ifPresent(at -> values.put("pausedAt", at.toString()));
    info.stop()
        .ifPresent(
            stop -> {
              values.put("stoppedAt", stop.at().toString());
              values.put("stopPosition", stop.position());
              values.put("stopReason", stop.reason());
            });
    return values;
  }

  private static String line(SubscriptionInfo info) {
    return "%s  position %s, %s, %s%s%s%s"
        .formatted(
            info.name(),
            info.position(),
            lag(info),
            info.owner().map(owner -> "run by " + owner).orElse("not running"),
            info.deadLetters() == 0
                ? ""
                : ", " + EventPrinter.count(info.deadLetters(), "dead letter"),
            info.pausedAt().map(at -> ", paused since " + at).orElse(""),
            info.stop().map(SubscriptionsCommand::stopped).orElse(""));
  }

  private static String stopped(SubscriptionStop stop) {
    return ", stopped at position %s on %s: %s"
        .formatted(stop.position(), stop.at(), stop.reason());
  }

  private static String lag(SubscriptionInfo info) {
    String time = info.lagTime().truncatedTo(ChronoUnit.SECONDS).toString();
    return info.lagEvents() == 0
        ? "up to date"
        : "%s (%s) behind"
            .formatted(
                EventPrinter.count(info.lagEvents(), "event"),
                time.substring("PT".length()).toLowerCase(Locale.ROOT));
  }
}
