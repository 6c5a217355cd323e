package dev.daybook.cli.consumers;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Consent;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.UnknownNames;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "checkpoint",
    mixinStandardHelpOptions = true,
    description = "Moves or deletes a checkpoint.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CheckpointCommand.SetPosition.class, CheckpointCommand.Delete.class})
public final class CheckpointCommand {

  private record Position(long position) {}

  private record Deleted(boolean deleted) {}

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = {
        "Moves a consumer's checkpoint to any position, also to a lower one.",
        "Asks first if no event has had that position yet: the consumer would miss the next ones."
      })
  static final class SetPosition implements Callable<Integer> {

    @Mixin private Store store = new Store();

    @Parameters(index = "0", paramLabel = "NAME", description = "The consumer's name.")
    private String consumer = "";

    @Parameters(index = "1", paramLabel = "P", description = "The position; 0 for the beginning.")
    private long position;

    @Mixin private Consent consent = new Consent();

    @Override
    public Integer call() throws IOException {
      try (Daybook daybook = store.openExisting()) {
        long highest = daybook.maintenance().doctor().highestGiven();
        String plan =
            "set checkpoint \"%s\" to %s, and the highest position that was given is %s"
                .formatted(consumer, position, highest);
        if (consent.isGiven(store, plan, position > highest)) {
          daybook.checkpoints().reset(consumer, position);
          store
              .printer()
              .print(
                  new Position(position),
                  "checkpoint \"%s\" is at %s".formatted(consumer, position));
        }
      }
      return 0;
    }
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Deletes a consumer's checkpoint.")
  static final class Delete implements Callable<Integer> {

    @Mixin private Store store = new Store();

    @Parameters(paramLabel = "NAME", description = "The consumer's name.")
    private String consumer = "";

    @Mixin private Consent consent = new Consent();

    @Override
    public Integer call() throws IOException {
      try (Daybook daybook = store.openExisting()) {
        if (daybook.checkpoints().list().stream().noneMatch(it -> it.consumer().equals(consumer))) {
          throw UnknownNames.unknown("checkpoint", consumer);
        }
        if (consent.isGiven(store, "delete checkpoint \"%s\"".formatted(consumer))) {
          boolean deleted = daybook.checkpoints().delete(consumer);
          store
              .printer()
              .print(new Deleted(deleted), "checkpoint \"%s\" is deleted".formatted(consumer));
        }
      }
      return 0;
    }
  }
}
