package dev.daybook.benchmark;

import dev.daybook.settings.Synchronous;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** What is compared. Each is defined once, for all sides. */
public enum Scenario {
  SINGLE_APPEND("single append, one caller", Target.of(0.90).free(0.95, 0.85, 0.80), true, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return new Appending(caller::append, name, 1, false);
    }
  },
  APPEND_16("single append, 16 callers", Target.atFull(4).freePostgres(0.80), true, 16) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return new Appending(caller::append, name, 1, false);
    }
  },
  APPEND_64("single append, 64 callers", Target.atNormal(2), true, 64) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return new Appending(caller::append, name, 1, false);
    }
  },
  TAGGED_APPEND("single append with a tag, one caller", Target.of(0.90), true, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return new Appending(caller::append, name, 1, true);
    }
  },
  TAGGED_APPEND_16("single append with a tag, 16 callers", Target.NONE, true, 16) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return new Appending(caller::append, name, 1, true);
    }
  },
  INLINE_APPEND("single append with an inline projection, one caller", Target.NONE, true, 1) {
    @Override
    boolean isFree() {
      return false;
    }

    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return new Appending(caller::appendInline, name, 1, false);
    }
  },
  BATCH_100("append of 100 events, events", Target.of(0.90).free(0.85, 0.85, 0.90), true, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return new Appending(caller::append, name, 100, false);
    }

    @Override
    long units(Dataset dataset) {
      return 100;
    }
  },
  RECOVERY_RAW(
      "recovery of 100 000 events, raw, events", Target.of(0.90).freePostgres(0.90), false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return sink -> caller.read(Dataset.LEDGER, sink);
    }

    @Override
    long units(Dataset dataset) {
      return Dataset.LONG;
    }
  },
  RECOVERY_DECODED(
      "recovery of 100 000 events, decoded, events", Target.of(0.95).freePostgres(0.90), false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return sink -> caller.readDecoded(Dataset.LEDGER, sink);
    }

    @Override
    long units(Dataset dataset) {
      return Dataset.LONG;
    }
  },
  REPLAY("replay of the whole journal, events", Target.of(0.90).freePostgres(0.90), false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return caller::replay;
    }

    @Override
    long units(Dataset dataset) {
      return dataset.events();
    }
  },
  TAG_PERCENT(
      "tag query, 1 % of the journal, queries", Target.of(0.90).freeSqlite(0.90), false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return sink -> caller.readTagged(Dataset.PERCENT, sink);
    }
  },
  TAG_PERMILLE(
      "tag query, 0.1 % of the journal, queries", Target.of(0.90).freeSqlite(0.90), false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return sink -> caller.readTagged(Dataset.PERMILLE, sink);
    }
  },
  STREAM_PREFIX("100 stream ids by prefix, queries", Target.of(0.90), false, 1) {
    @Override
    boolean isFree() {
      return false;
    }

    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return sink -> caller.streamIds(Dataset.ACCOUNTS).size();
    }
  },
  DOCUMENT_PREFIX("100 document ids by prefix, queries", Target.of(0.90), false, 1) {
    @Override
    boolean isFree() {
      return false;
    }

    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return sink -> caller.documentIds(Dataset.ACCOUNTS).size();
    }
  },
  SNAPSHOT_SAVE("snapshot save with pruning", Target.of(0.90), true, 1) {
    @Override
    boolean isFree() {
      return false;
    }

    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      Balance[] states = new Balance[100];
      for (int n = 0; n < states.length; n++) {
        states[n] = Balance.number(n);
      }
      AtomicLong saves = new AtomicLong();
      return sink -> {
        long n = saves.getAndIncrement();
        String account = Dataset.account(n % dataset.accounts());
        long seq = 10 + n / dataset.accounts();
        return caller.saveSnapshot(account, seq, states[(int) (n % states.length)]);
      };
    }
  },
  SNAPSHOT_LOAD("snapshot load", Target.of(0.90).freeSqlite(0.90), false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      AtomicLong loads = new AtomicLong();
      return sink ->
          caller.loadSnapshot(Dataset.account(loads.getAndIncrement() % dataset.accounts()), sink);
    }
  },
  DOCUMENT_APPEND("document append", Target.of(0.90), true, 1) {
    @Override
    boolean isFree() {
      return false;
    }

    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return appendToDocuments(caller, dataset, name);
    }
  },
  DOCUMENT_APPEND_16("document append, 16 callers", Target.NONE, true, 16) {
    @Override
    boolean isFree() {
      return false;
    }

    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return appendToDocuments(caller, dataset, name);
    }
  },
  DOCUMENT_LOAD("document load, 100 000 records, records", Target.of(0.90), false, 1) {
    @Override
    boolean isFree() {
      return false;
    }

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
    boolean isFree() {
      return false;
    }

    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      AtomicLong saves = new AtomicLong();
      return sink -> caller.saveCheckpoint(name + "projection", saves.incrementAndGet());
    }
  },
  UUID_LOAD(
      "load of a stream of 10 events among 20 000, decoded",
      Target.of(0.90).free(0.90, 0.90, 0.90),
      false,
      1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return loads(caller, new UuidStreams(20_000));
    }

    @Override
    Data data(Dataset dataset) {
      return new UuidStreams(20_000);
    }
  },
  UUID_APPEND(
      "append of an object to one of 100 000 streams, 1 000 000 events",
      Target.of(0.90).freeSqlite(0.80),
      true,
      1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return new UuidAppending(caller, new UuidStreams(100_000));
    }

    @Override
    Data data(Dataset dataset) {
      return new UuidStreams(100_000);
    }
  },
  GROWTH_APPEND(
      "append of an object to one of 10 000 streams, 100 000 events", Target.NONE, true, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return new UuidAppending(caller, new UuidStreams(10_000));
    }

    @Override
    Data data(Dataset dataset) {
      return new UuidStreams(10_000);
    }
  },
  GROWTH_LOAD("load of a stream of 10 events among 10 000, decoded", Target.NONE, false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return loads(caller, new UuidStreams(10_000));
    }

    @Override
    Data data(Dataset dataset) {
      return new UuidStreams(10_000);
    }
  },
  HUGE_APPEND(
      "append of an object to one of 1 000 000 streams, 10 000 000 events", Target.NONE, true, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return new UuidAppending(caller, new UuidStreams(1_000_000));
    }

    @Override
    Data data(Dataset dataset) {
      return new UuidStreams(1_000_000);
    }
  },
  HUGE_LOAD("load of a stream of 10 events among 1 000 000, decoded", Target.NONE, false, 1) {
    @Override
    Work work(Caller caller, Dataset dataset, String name) {
      return loads(caller, new UuidStreams(1_000_000));
    }

    @Override
    Data data(Dataset dataset) {
      return new UuidStreams(1_000_000);
    }
  };

  /** What is counted, a second: what is done, unless the text ends with another unit. */
  final String text;

  /** Whether it writes, so that each side needs a database of its own, and durability matters. */
  final boolean writes;

  final int callers;

  /** The ratios that are aimed at. */
  final Target target;

  Scenario(String text, Target target, boolean writes, int callers) {
    this.text = text;
    this.target = target;
    this.writes = writes;
    this.callers = callers;
  }

  /**
   * What one caller does.
   *
   * @param name the caller's own, for streams that nobody else writes
   */
  abstract Work work(Caller caller, Dataset dataset, String name);

  /** What the database holds before; the work relies on it. */
  Data data(Dataset dataset) {
    return dataset;
  }

  /** Whether the free reference takes part. */
  boolean isFree() {
    return true;
  }

  /** Whether it has data of its own, of one size. */
  final boolean hasOwnData() {
    Dataset dataset = new Dataset(1);
    return data(dataset) != dataset;
  }

  /** Whether it runs on a kind of database without being named: filling takes long on a server. */
  final boolean isOn(StoreKind kind) {
    return kind == StoreKind.SQLITE || !hasOwnData() || this == UUID_LOAD;
  }

  /** Whether it takes so long that it runs only if it is named. */
  final boolean isOnDemand() {
    return this == HUGE_APPEND || this == HUGE_LOAD;
  }

  /** The durabilities to compare at; appends to large data wait least for the disk. */
  final List<Synchronous> durabilities(BenchmarkStore store) {
    List<Synchronous> all = store.durabilities();
    if (!writes) {
      return all.subList(0, 1);
    }
    return hasOwnData() ? all.subList(all.size() - 1, all.size()) : all;
  }

  private static Work loads(Caller caller, UuidStreams streams) {
    List<String> ids = streams.ids();
    Random random = new Random(1);
    return sink -> caller.readDecoded(ids.get(random.nextInt(ids.size())), sink);
  }

  /** How many units are done by doing it once, by all callers together. */
  long units(Dataset dataset) {
    return callers == 1 ? 1 : (long) callers * Crowd.EACH;
  }

  /** Appends to one document after the other, each caller beginning at another one. */
  private static Work appendToDocuments(Caller caller, Dataset dataset, String name) {
    String json = new String(Dataset.json(1), StandardCharsets.UTF_8);
    AtomicLong entries = new AtomicLong(name.hashCode());
    return sink -> {
      long next = Math.floorMod(entries.getAndIncrement(), dataset.accounts());
      return caller.appendEntry(Dataset.account(next), json, "v1");
    };
  }
}
