package dev.daybook.cli.output;

import dev.daybook.error.InvalidInputException;

/** What a command says of a name that it does not find: exit status 1, and the same sentence. */
public final class UnknownNames {

  private UnknownNames() {}

  /** The failure of a command that was given a name. */
  public static InvalidInputException unknown(String what, String name) {
    return new InvalidInputException("there is no %s \"%s\"".formatted(what, name));
  }
}
