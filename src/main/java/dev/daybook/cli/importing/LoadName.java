package dev.daybook.cli.importing;

import dev.daybook.settings.Limits;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The name of an import's bulk load. */
public final class LoadName {

  private LoadName() {}

  /** A path can be too long for a name. */
  public static String of(String prefix, String name) {
    return prefix.length() + name.length() <= Limits.MAX_NAME_LENGTH
        ? prefix + name
        : prefix + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
