package dev.daybook.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Appends an event as an object to one of many streams at random, expecting it where it is. */
final class UuidAppending implements Work {

  private static final int DISTINCT = 1_000;

  private final Caller caller;
  private final List<String> ids;
  private final int first;
  private final int step;
  private final int[] seqs;
  private final Deposited[] events = new Deposited[DISTINCT];
  private final Random random;
  private int appends;

  /** To all the streams. */
  UuidAppending(Caller caller, UuidStreams streams) {
    this(caller, streams.ids(), 0, 1);
  }

  /**
   * To some of the streams.
   *
   * @param ids all of them, with {@link UuidStreams#EACH} events each
   * @param first the index of the first that is appended to
   * @param step how many are left to other callers between two, and one
   */
  UuidAppending(Caller caller, List<String> ids, int first, int step) {
    this.caller = caller;
    this.ids = ids;
    this.first = first;
    this.step = step;
    this.seqs = new int[(ids.size() - first + step - 1) / step];
    this.random = new Random(first);
    Arrays.fill(seqs, UuidStreams.EACH);
    Arrays.setAll(events, Deposited::number);
  }

  @Override
  public long run(Consumer<Object> sink) throws Exception {
    int n = random.nextInt(seqs.length);
    Deposited event = events[appends++ % DISTINCT];
    return caller.appendTyped(ids.get(first + n * step), seqs[n]++, event);
  }
}
