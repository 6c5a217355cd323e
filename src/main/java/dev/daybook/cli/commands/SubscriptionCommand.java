package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.subscription.Subscriptions;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "subscription",
    mixinStandardHelpOptions = true,
    description =
        "Pauses or resumes a subscription, or takes its lease away, in whichever process it runs.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SubscriptionCommand.Pause.class,
      SubscriptionCommand.Resume.class,
      SubscriptionCommand.Release.class
    })
final class SubscriptionCommand {

  /** Something that is asked of a subscription. */
  abstract static class Request implements Callable<Integer> {

    @Mixin private Store store = new Store();

    @Parameters(paramLabel = "NAME", description = "The subscription.")
    private String name = "";

    /** Makes the request, and returns its outcome as a JSON key and value, and as a sentence. */
    abstract Answer ask(Subscriptions subscriptions, String name);

    record Answer(String key, boolean value, String sentence) {}

    @Override
    public Integer call() throws IOException {
      try (Daybook daybook = store.openExisting()) {
        Answer answer = ask(daybook.subscriptions(), name);
        store.printer().print(Map.of(answer.key(), answer.value()), answer.sentence());
      }
      return 0;
    }
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = {
        "Has the subscription finish its handler's call and begin nothing new, until it is resumed.",
        "The process that runs it notices that at its next heartbeat; one that does not run is paused when it starts."
      })
  static final class Pause extends Request {

    @Override
    Answer ask(Subscriptions subscriptions, String name) {
      subscriptions.pause(name);
      return new Answer("paused", true, "\"%s\" is to pause".formatted(name));
    }
  }

  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Makes a paused subscription continue.")
  static final class Resume extends Request {

    @Override
    Answer ask(Subscriptions subscriptions, String name) {
      subscriptions.resume(name);
      return new Answer("paused", false, "\"%s\" is to continue".formatted(name));
    }
  }

  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      description = {
        "Takes the lease away from a holder that has ended or is stuck, so that another process takes over.",
        "A running handler is not stopped: an at-least-once handler may get events twice."
      })
  static final class Release extends Request {

    @Override
    Answer ask(Subscriptions subscriptions, String name) {
      boolean released = subscriptions.release(name);
      return new Answer(
          "released",
          released,
          released
              ? "the lease of \"%s\" is free".formatted(name)
              : "the lease of \"%s\" was not held".formatted(name));
    }
  }
}
