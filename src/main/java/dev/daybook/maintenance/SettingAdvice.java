package dev.daybook.maintenance;

import dev.daybook.meta.Internal;
import java.util.Objects;

/**
 * A setting of a database, its server or this Daybook's connections that differs from what is
 * advised.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface SettingAdvice {

  /** What the database calls it; for a setting of one table with its name. */
  String setting();

  /** What it is set to. */
  String found();

  /** What is advised. */
  String advised();

  /** What follows from it as it is, and what to do. */
  String action();

  /** Whether committed data may be lost or damaged as it is; otherwise it costs time or space. */
  boolean risksData();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("maintenance.internal makes it")
  record SettingAdviceValues(
      String setting, String found, String advised, String action, boolean risksData)
      implements SettingAdvice {

    public SettingAdviceValues {
      Objects.requireNonNull(setting, "setting");
      Objects.requireNonNull(found, "found");
      Objects.requireNonNull(advised, "advised");
      Objects.requireNonNull(action, "action");
    }
  }
}
