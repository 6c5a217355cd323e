package dev.daybook.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.DatabaseFixture;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.Scale;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random operations against a model: trial after trial, each of a seed of its own, for as long as
 * {@code -Ddaybook.model.seconds} says, half of it on each database. {@code -Ddaybook.model.seed}
 * repeats the trial that a failure names.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModelTest {

  private static final int STEPS = 200;

  /** How often steps are left out at the most, to look whether the rest still fails. */
  private static final int MOST_TRIALS = 500;

  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("daybook.model.seconds", Scale.of(12, 60)));

  @TempDir private Path directory;

  @Test
  void a_file_that_two_daybooks_have_open_answers_as_the_model_does() {
    assertAnswersAsModel(() -> new SqliteFileFixture(newDirectory()));
  }

  @Test
  void a_server_that_two_daybooks_use_answers_as_the_model_does() {
    assertAnswersAsModel(PostgresFixture::new);
  }

  @Test
  void what_the_model_does_not_know_of_is_found_and_named_by_as_few_steps_as_it_takes() {
    Step.Alone unknown =
        new Step.Alone(
            1,
            false,
            (model, store) ->
                store
                    .rawJournal()
                    .append("secret", ExpectedSeq.any(), EncodedEvent.json("Made", "{}")));
    List<Step> steps = new ArrayList<>(RandomSteps.of(7, 20));
    steps.add(10, unknown);

    assertThat(shrunk(() -> new SqliteFileFixture(newDirectory()), steps)).containsExactly(unknown);
  }

  private void assertAnswersAsModel(Supplier<DatabaseFixture> databases) {
    Long repeated = Long.getLong("daybook.model.seed");
    if (repeated != null) {
      assertTrial(databases, repeated);
      return;
    }
    Random seeds = new Random();
    long end = System.nanoTime() + TIME.toNanos() / 2;
    do {
      assertTrial(databases, seeds.nextLong());
    } while (System.nanoTime() < end);
  }

  private static void assertTrial(Supplier<DatabaseFixture> databases, long seed) {
    List<Step> steps = RandomSteps.of(seed, STEPS);
    Optional<Throwable> failure = Trial.failure(databases, steps);
    if (failure.isPresent()) {
      List<Step> fewer = shrunk(databases, steps);
      String text = fewer.stream().map(Step::toString).collect(Collectors.joining("\n"));
      throw new AssertionError(
          "-Ddaybook.model.seed=" + seed + " fails; these steps of it are enough:\n" + text,
          Trial.failure(databases, fewer).orElse(failure.get()));
    }
  }

  private Path newDirectory() {
    try {
      return Files.createTempDirectory(directory, "trial");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves steps out as long as the rest still fails. */
  private static List<Step> shrunk(Supplier<DatabaseFixture> databases, List<Step> steps) {
    List<Step> kept = steps;
    int trials = 0;
    for (int size = Math.max(1, steps.size() / 2); size > 0; size /= 2) {
      for (int from = 0; from < kept.size() && trials < MOST_TRIALS; trials++) {
        List<Step> fewer = new ArrayList<>(kept);
        fewer.subList(from, Math.min(from + size, fewer.size())).clear();
        if (Trial.failure(databases, fewer).isPresent()) {
          kept = fewer;
        } else {
          from += size;
        }
      }
    }
    return kept;
  }
}
