package dev.daybook.cli;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Libraries whose log messages are of no interest to the user of a command. */
final class ChattyLibraries {

  /** Kept, because an unreferenced logger loses its level. */
  private static final List<Logger> LOGGERS =
      List.of(
          Logger.getLogger("org.flywaydb"),
          Logger.getLogger("org.jooq"),
          Logger.getLogger("org.postgresql"));

  private ChattyLibraries() {}

  static void silence() {
    for (Logger logger : LOGGERS) {
      logger.setLevel(Level.SEVERE);
    }
  }
}
