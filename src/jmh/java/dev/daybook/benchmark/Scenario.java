package dev.daybook.benchmark;

import static dev.daybook.Synchronous.FULL;
import static dev.daybook.Synchronous.NORMAL;

import dev.daybook.Synchronous;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;

/** What is compared. Each is defined once, for both sides. */
public enum Scenario {
  SINGLE_APPEND("single append, one caller", Target.of(0.90), true, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return new Appending(caller, name, 1, false);
    }
  },
  APPEND_16("single append, 16 callers", Target.of(FULL, 4), true, 16) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return new Appending(caller, name, 1, false);
    }
  },
  APPEND_64("single append, 64 callers", Target.of(NORMAL, 2), true, 64) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return new Appending(caller, name, 1, false);
    }
  },
  TAGGED_APPEND("single append with a tag, one caller", Target.of(0.90), true, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return new Appending(caller, name, 1, true);
    }
  },
  TAGGED_APPEND_16("single append with a tag, 16 callers", Target.NONE, true, 16) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return new Appending(caller, name, 1, true);
    }
  },
  BATCH_100("append of 100 events, events", Target.of(0.90), true, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return new Appending(caller, name, 100, false);
    }

    @Override
    long units(Dataset dataset) {
      return 100;
    }
  },
  RECOVERY_RAW("recovery of 100 000 events, raw, events", Target.of(0.90), false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return sink -> caller.read(Dataset.LEDGER, sink);
    }

    @Override
    long units(Dataset dataset) {
      return Dataset.LONG;
    }
  },
  RECOVERY_DECODED("recovery of 100 000 events, decoded, events", Target.of(0.95), false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return sink -> caller.readDecoded(Dataset.LEDGER, sink);
    }

    @Override
    long units(Dataset dataset) {
      return Dataset.LONG;
    }
  },
  REPLAY("replay of the whole journal, events", Target.of(0.90), false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return caller::replay;
    }

    @Override
    long units(Dataset dataset) {
      return dataset.events();
    }
  },
  TAG_PERCENT("tag query, 1 % of the journal, queries", Target.of(0.90), false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return sink -> caller.readTagged(Dataset.PERCENT, sink);
    }
  },
  TAG_PERMILLE("tag query, 0.1 % of the journal, queries", Target.of(0.90), false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return sink -> caller.readTagged(Dataset.PERMILLE, sink);
    }
  },
  STREAM_PREFIX("100 stream ids by prefix, queries", Target.of(0.90), false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return sink -> caller.streamIds(Dataset.ACCOUNTS).size();
    }
  },
  DOCUMENT_PREFIX("100 document ids by prefix, queries", Target.of(0.90), false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return sink -> caller.documentIds(Dataset.ACCOUNTS).size();
    }
  },
  SNAPSHOT_SAVE("snapshot save with pruning", Target.of(0.90), true, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      Balance[] states = new Balance[100];
      for (int n = 0; n < states.length; n++) {
        states[n] = Balance.number(n);
      }
      AtomicLong saves = new AtomicLong();
      return sink -> {
        long n = saves.getAndIncrement();
        String account = Dataset.account(n % dataset.snapshots());
        long seq = 10 + n / dataset.snapshots();
        return caller.saveSnapshot(account, seq, states[(int) (n % states.length)]);
      };
    }
  },
  SNAPSHOT_LOAD("snapshot load", Target.of(0.90), false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      AtomicLong loads = new AtomicLong();
      return sink ->
          caller.loadSnapshot(Dataset.account(loads.getAndIncrement() % dataset.snapshots()), sink);
    }
  },
  DOCUMENT_APPEND("document append", Target.of(0.90), true, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      String json = new String(Dataset.json(1), StandardCharsets.UTF_8);
      AtomicLong entries = new AtomicLong();
      return sink -> {
        String document = Dataset.account(entries.getAndIncrement() % dataset.snapshots());
        return caller.appendEntry(document, json, "v1");
      };
    }
  },
  DOCUMENT_LOAD("document load, 100 000 records, records", Target.of(0.90), false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return sink -> caller.loadDocument(Dataset.BOOK, sink);
    }

    @Override
    long units(Dataset dataset) {
      return Dataset.LONG;
    }
  },
  CHECKPOINT_SAVE("checkpoint save", Target.NONE, true, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      AtomicLong saves = new AtomicLong();
      return sink -> caller.saveCheckpoint(name + "projection", saves.incrementAndGet());
    }
  };

  /** The ratio to the reference that is aimed at, where there is one. */
  private record Target(OptionalDouble full, OptionalDouble normal) {

    static final Target NONE = new Target(OptionalDouble.empty(), OptionalDouble.empty());

    static Target of(double ratio) {
      return new Target(OptionalDouble.of(ratio), OptionalDouble.of(ratio));
    }

    static Target of(Synchronous durability, double ratio) {
      OptionalDouble target = OptionalDouble.of(ratio);
      return durability == FULL
          ? new Target(target, OptionalDouble.empty())
          : new Target(OptionalDouble.empty(), target);
    }
  }

  /** What is counted, a second: what is done, unless the text ends with another unit. */
  final String text;

  /** Whether it writes, so that each side needs a database of its own, and durability matters. */
  final boolean writes;

  final int callers;

  private final Target target;

  Scenario(String text, Target target, boolean writes, int callers) {
    this.text = text;
    this.target = target;
    this.writes = writes;
    this.callers = callers;
  }

  OptionalDouble target(Synchronous durability) {
    return durability == FULL ? target.full() : target.normal();
  }

  /**
   * What one caller does.
   *
   * @param name the caller's own, for streams that nobody else writes
   */
  abstract Work work(Caller caller, Dataset dataset, String name);

  /** How many units are done by doing it once, by all callers together. */
  long units(Dataset dataset) {
    return callers == 1 ? 1 : (long) callers * Crowd.EACH;
  }
}
