package dev.daybook.benchmark;

import dev.daybook.settings.Synchronous;
import java.util.ArrayList;
import java.util.List;

/** The databases that were filled: each once a run, when it is needed first. */
final class Filled {

  private final BenchmarkStore store;
  private final List<Data> filled = new ArrayList<>();

  Filled(BenchmarkStore store) {
    this.store = store;
  }

  /** Makes sure that data is there, for Daybook and the reference and for the free reference. */
  void require(Data data) throws Exception {
    if (filled.contains(data)) {
      return;
    }
    try (DaybookSide side = store.daybook(data.name(), Synchronous.NORMAL)) {
      data.fill(side.daybook());
    }
    store.settle(data.name());
    store.fillFree(data);
    filled.add(data);
  }

  void delete() throws Exception {
    for (Data data : filled) {
      store.delete(data.name());
      store.delete(data.freeName());
    }
  }
}
