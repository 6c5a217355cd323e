package dev.daybook.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Appends to one stream after the other, each time expecting it to be where it was left. */
final class Appending implements Work {

  /** How it appends. */
  @FunctionalInterface
  interface Append {
    long append(String streamId, long expectedSeq, List<Fact> facts) throws Exception;
  }

  private static final int PER_STREAM = 1_000;
  private static final int DISTINCT = 1_000;

  private final Append append;
  private final String prefix;
  private final List<List<Fact>> batches = new ArrayList<>();
  private String streamId;
  private int streams;
  private int appends;
  private long seq;

  Appending(Append append, String prefix, int batch, boolean tagged) {
    this.append = append;
    this.prefix = prefix;
    this.streamId = prefix + 0;
    for (int from = 0; from < DISTINCT; from += batch) {
      List<Fact> facts = new ArrayList<>();
      for (int n = from; n < from + batch; n++) {
        facts.add(new Fact(Deposited.TYPE, tagged ? "tag-" + n : null, Dataset.json(n)));
      }
      batches.add(facts);
    }
  }

  @Override
  public long run(Consumer<Object> sink) throws Exception {
    if (seq == PER_STREAM) {
      streams++;
      streamId = prefix + streams;
      seq = 0;
    }
    List<Fact> facts = batches.get(appends++ % batches.size());
    long position = append.append(streamId, seq, facts);
    seq += facts.size();
    return position;
  }
}
