package dev.daybook.cli;

import dev.daybook.Daybook;
import dev.daybook.subscription.SubscriptionInfo;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "subscriptions",
    mixinStandardHelpOptions = true,
    description = "Prints where each subscription is, how far behind, and who runs it.")
final class SubscriptionsCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Override
  public Integer call() throws IOException {
    EventPrinter printer = store.printer();
    try (Daybook daybook = store.openExisting()) {
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
    info.leaseUntil().ifPresent(until -> values.put("leaseUntil", until.toString()));
    values.put("deadLetters", info.deadLetters());
    return values;
  }

  private static String line(SubscriptionInfo info) {
    return "%s  position %d, %d events (%s) behind, %s%s"
        .formatted(
            info.name(),
            info.position(),
            info.lagEvents(),
            info.lagTime(),
            info.owner().map(owner -> "run by " + owner).orElse("not running"),
            info.deadLetters() == 0 ? "" : ", %d dead letters".formatted(info.deadLetters()));
  }
}
