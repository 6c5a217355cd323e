package dev.daybook.cli.importing;

import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.cli.output.Terminal;
import dev.daybook.journal.BulkLoad;

/** Says how an import continues, when the process is ended by a signal. */
final class Interruption implements AutoCloseable {

  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  static Interruption of(Terminal terminal, BulkLoad<?> load) {
    Thread hook =
        new Thread(
            () -> {
              terminal
                  .err()
                  .println(
                      "daybook: interrupted; at least %s read and committed, and the same command with --resume continues after them"
                          .formatted(ResultPrinter.count(load.progress().offset(), "line")));
              terminal.err().flush();
            },
            "daybook-interrupted-import");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  /** From now on the end of the process does not interrupt the import. */
  void over() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook has run.
    }
  }

  @Override
  public void close() {
    over();
  }
}
