package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;

import dev.daybook.journal.AppendListener;
import dev.daybook.journal.Appended;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a listener has heard of appends, on a thread that is not the test's. */
public final class Heard implements AppendListener {

  static final String LAST = "the last to be heard of";

  private final List<Appended> appends = new CopyOnWriteArrayList<>();

  @Override
  public void appended(Appended appended) {
    appends.add(appended);
  }

  /** What it has heard of until now. */
  public List<Appended> now() {
    return List.copyOf(appends);
  }

  /** Waits until it has heard of so many, and returns all that it has heard of. */
  public List<Appended> atLeast(int count) {
    Await.until(() -> appends.size() >= count);
    return now();
  }

  /**
   * All that there is to hear of: appends one more event, waits until it has heard of that, and
   * returns what it heard before.
   */
  public List<Appended> all(Journal<ParcelEvent> journal) {
    long last = journal.append(LAST, ExpectedSeq.any(), moved(1)).position();
    Await.until(() -> appends.stream().anyMatch(it -> it.lastPosition() == last));
    return appends.stream().filter(it -> !it.streamId().equals(LAST)).toList();
  }
}
