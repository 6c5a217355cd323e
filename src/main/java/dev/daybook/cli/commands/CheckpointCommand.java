package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "checkpoint",
    mixinStandardHelpOptions = true,
    description = "Moves or deletes a checkpoint.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CheckpointCommand.Reset.class, CheckpointCommand.Delete.class})
final class CheckpointCommand {

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = "Moves a consumer's checkpoint to any position, also to a lower one.")
  static final class Reset implements Callable<Integer> {

    @Mixin private Store store = new Store();

    @Parameters(index = "0", paramLabel = "NAME", description = "The consumer's name.")
    private String consumer = "";

    @Parameters(index = "1", paramLabel = "P", description = "The position; 0 for the beginning.")
    private long position;

    @Override
    public Integer call() throws IOException {
      try (Daybook daybook = store.openExisting()) {
        daybook.checkpoints().reset(consumer, position);
        store
            .printer()
            .print(
                Map.of("position", position),
                "checkpoint \"%s\" is at %s".formatted(consumer, position));
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

    @Override
    public Integer call() throws IOException {
      try (Daybook daybook = store.openExisting()) {
        boolean deleted = daybook.checkpoints().delete(consumer);
        store
            .printer()
            .print(
                Map.of("deleted", deleted),
                "checkpoint \"%s\" %s"
                    .formatted(consumer, deleted ? "is forgotten" : "was not there"));
      }
      return 0;
    }
  }
}
