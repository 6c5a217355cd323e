package dev.daybook.benchmark;

import dev.daybook.Daybook;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.NewEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Streams whose ids are UUIDs, as services have them: a key's neighbours were written at other
 * times, and the events of a stream are spread over the whole journal.
 *
 * @param streams how many; each has {@link #EACH} events
 */
record UuidStreams(int streams) implements Data {

  /** The events of each stream. */
  static final int EACH = 10;

  private static final int AT_ONCE = 10_000;
  private static final long SEED = 20_260_101;

  @Override
  public String name() {
    return "uuids" + streams;
  }

  @Override
  public List<String> snapshots() {
    return List.of();
  }

  /** The ids in their order, the same each time. */
  List<String> ids() {
    Random random = new Random(SEED);
    return IntStream.range(0, streams)
        .mapToObj(n -> new UUID(random.nextLong(), random.nextLong()).toString())
        .sorted()
        .toList();
  }

  /** All streams get their first event, then all their second: in the order of their keys. */
  @Override
  public void fill(Daybook daybook) {
    List<String> ids = ids();
    for (int seq = 1; seq <= EACH; seq++) {
      for (int from = 0; from < streams; from += AT_ONCE) {
        List<Append<EncodedEvent>> appends = new ArrayList<>();
        for (String id : ids.subList(from, Math.min(from + AT_ONCE, streams))) {
          byte[] json = Dataset.json(appends.size() + seq);
          appends.add(
              Append.of(
                  id,
                  ExpectedSeq.exactly(seq - 1),
                  List.of(NewEvent.of(new EncodedEvent(Deposited.TYPE, EncodedEvent.JSON, json)))));
        }
        daybook.rawJournal().appendAll(appends);
      }
    }
  }
}
