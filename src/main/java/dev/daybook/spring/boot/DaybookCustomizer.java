package dev.daybook.spring.boot;

import dev.daybook.DaybookBuilder;

/**
 * A bean that chooses what no property of {@link DaybookProperties} does, such as a clock or a
 * mapper. Called once, after the properties were applied; several are called in their order.
 */
@FunctionalInterface
public interface DaybookCustomizer {

  /** What this throws fails the start of the application. */
  void customize(DaybookBuilder builder);
}
