package dev.daybook.benchmark.free;

import dev.daybook.Daybook;
import dev.daybook.benchmark.Side;
import java.util.List;

/** A side with tables of its own, which are empty at first. */
public interface FreeSide extends Side {

  /**
   * Takes over the events of a Daybook, in their order and with their positions, and snapshots.
   *
   * @param snapshots the streams of which the newest snapshot is taken
   */
  void fill(Daybook daybook, List<String> snapshots) throws Exception;
}
