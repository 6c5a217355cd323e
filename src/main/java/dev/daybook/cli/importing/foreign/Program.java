package dev.daybook.cli.importing.foreign;

import java.util.Locale;

/** A program whose files can be imported. */
enum Program {
  ACTOR_TS,
  KYNETA,
  ESKIT;

  /** As it is named on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
