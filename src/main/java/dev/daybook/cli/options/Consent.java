package dev.daybook.cli.options;

import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.error.InvalidInputException;
import java.io.IOException;
import picocli.CommandLine.Option;

/** The options of a command that deletes something, or that can't be undone. */
public final class Consent {

  @Option(
      names = "--force",
      description = "Do it without asking. Needed where standard input is not a terminal.")
  private boolean force;

  @Option(names = "--dry-run", description = "Print what would be done, and change nothing.")
  private boolean dryRun;

  private record Planned(String wouldDo) {}

  /**
   * Whether to do something: yes if the options say so or the user does. For a dry run the plan is
   * printed.
   *
   * @param plan what would be done, such as {@code delete 3 events of stream "a"}
   * @throws InvalidInputException if there is no terminal to ask on, or the answer is no
   */
  public boolean isGiven(Store store, String plan) throws IOException {
    return isGiven(store, plan, true);
  }

  /** The same, where it need not be asked for what can be undone. */
  public boolean isGiven(Store store, String plan, boolean isAsked) throws IOException {
    if (dryRun) {
      ResultPrinter printer = store.printer();
      printer.print(new Planned(plan), "would " + plan);
      printer.flush();
      return false;
    }
    if (isAsked && !force && !store.terminal().confirms(plan)) {
      throw new InvalidInputException("nothing was changed");
    }
    return true;
  }
}
