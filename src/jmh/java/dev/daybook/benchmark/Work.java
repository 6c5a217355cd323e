package dev.daybook.benchmark;

import java.util.function.Consumer;

/** What is done again and again in a scenario. */
@FunctionalInterface
public interface Work {

  /** Does it once; the result is the same on both sides if both have done the same before. */
  long run(Consumer<Object> sink) throws Exception;
}
