package dev.daybook.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.Repositories;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.DatabaseFixture;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.maintenance.Finding;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Steps on a fresh database with two Daybooks, and what must hold in the end. */
final class Trial {

  private static final int DAYBOOKS = 2;

  private final DatabaseFixture database;
  private final List<Daybook> daybooks = new ArrayList<>();
  private final Model model = new Model();

  /** Ends a transaction that is to leave nothing. */
  private static final class RollBack extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Trial(DatabaseFixture database) {
    this.database = database;
  }

  /** What a store did wrong; empty if it did all steps as the model does. */
  static Optional<Throwable> failure(Supplier<DatabaseFixture> databases, List<Step> steps) {
    try (DatabaseFixture database = databases.get()) {
      new Trial(database).run(steps);
      return Optional.empty();
    } catch (Throwable e) {
      return Optional.of(e);
    }
  }

  private void run(List<Step> steps) throws InterruptedException {
    try {
      for (int i = 0; i < DAYBOOKS; i++) {
        daybooks.add(database.open());
      }
      for (Step step : steps) {
        run(step);
      }
      assertEnd();
    } finally {
      daybooks.forEach(Daybook::close);
    }
  }

  private void run(Step step) {
    int which = step.daybook();
    Daybook daybook = daybooks.get(which);
    if (step instanceof Step.Alone alone) {
      run(alone.operation(), alone.inline() ? Projection.of(daybook) : daybook, alone.inline());
    } else if (step instanceof Step.Together together) {
      run(together, daybook);
    } else {
      daybook.close();
      daybooks.set(which, database.open());
    }
  }

  private void run(Operation operation, Repositories store, boolean inline) {
    model.appendedTo = 0;
    operation.run(model, store);
    if (inline && model.appendedTo > 0) {
      model.project();
    }
  }

  private void run(Step.Together together, Daybook daybook) {
    Model before = model.copy();
    try {
      daybook.transaction(
          transaction -> {
            for (Operation operation : together.operations()) {
              run(
                  operation,
                  together.inline()
                      ? Projection.of(daybook, transaction)
                      : daybook.within(transaction),
                  together.inline());
            }
            if (!together.commit()) {
              throw new RollBack();
            }
          });
    } catch (RollBack rolledBack) {
      model.restore(before);
    }
  }

  /** Nothing is damaged, and a subscriber is handed the whole journal once, in order. */
  private void assertEnd() throws InterruptedException {
    Daybook daybook = daybooks.get(0);
    // A file is made by its first use.
    assertThat(daybook.rawJournal().latestPosition()).isNotNegative();
    assertThat(daybook.maintenance().verify().findings()).extracting(Finding::text).isEmpty();
    List<RecordedEvent<EncodedEvent>> journal = model.journal();
    assertThat(daybook.rawJournal().read(EventQuery.all())).isEqualTo(journal);
    assertThat(Projection.applied(daybook)).isEqualTo(model.projected);
    Queue<RecordedEvent<EncodedEvent>> handled = new ConcurrentLinkedQueue<>();
    try (Subscription subscription =
        daybooks
            .get(1)
            .subscriptions()
            .start(
                Subscriber.of(
                    "reader of all",
                    daybooks.get(1).rawJournal(),
                    AtLeastOnce.each(handled::add)))) {
      long last = journal.isEmpty() ? 0 : journal.get(journal.size() - 1).position();
      Await.position(subscription, last);
    }
    assertThat(handled).containsExactlyElementsOf(journal);
  }
}
