package dev.daybook.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daybook.Daybook;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.DocumentStore;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.NewEvent;
import dev.daybook.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a database holds before anything is measured: a journal with one long stream among many
 * short ones, snapshots, and documents. All but the long stream and the long document grow with the
 * size.
 *
 * @param size 1, or how many times as much
 */
public record Dataset(int size) implements Data {

  /** The stream of {@link #LONG} events, spread over the whole journal. */
  public static final String LEDGER = "ledger";

  /** The document of {@link #LONG} entries. */
  public static final String BOOK = "book";

  /** The length of the long stream and of the long document. */
  public static final int LONG = 100_000;

  /** A tag on one event of a hundred. */
  public static final String PERCENT = "percent";

  /** A tag on one event of a thousand: at ten times the size as many as {@link #PERCENT} at one. */
  public static final String PERMILLE = "permille";

  /** A hundred ids begin with this, whatever the size. */
  public static final String ACCOUNTS = "account-0042";

  private static final int EVENTS = 200_000;
  private static final int SHORT = 5;
  private static final int DOCUMENTS = 20_000;
  private static final int SNAPSHOTS = 1_000;
  private static final int KEPT = 3;
  private static final int AT_ONCE = 10_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Meta META =
      new Meta(new ReplicaType("notes", 1, 0), new SyncMode("single", "push", "disk"), "h1");

  /** An event's JSON. */
  public static byte[] json(long n) {
    try {
      return JSON.writeValueAsBytes(Deposited.number(n));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The name of a short stream, and of a document. */
  public static String account(long n) {
    return "account-%06d".formatted(n);
  }

  @Override
  public String name() {
    return "dataset" + size;
  }

  /** How many events there are. */
  public int events() {
    return EVENTS * size;
  }

  /** How many streams have snapshots, and as many documents at least have no more than a meta. */
  public int accounts() {
    return SNAPSHOTS * size;
  }

  @Override
  public List<String> snapshots() {
    return IntStream.range(0, accounts()).mapToObj(Dataset::account).toList();
  }

  @Override
  public void fill(Daybook daybook) throws Exception {
    for (int from = 0; from < events(); from += AT_ONCE) {
      daybook.rawJournal().appendAll(appends(from));
    }
    daybook.transaction(tx -> fill(daybook.within(tx).snapshots(Balance.class)));
    for (int from = 0; from < DOCUMENTS * size; from += AT_ONCE) {
      int first = from;
      daybook.transaction(tx -> metas(daybook.within(tx).documents(), first));
    }
    for (int from = 0; from < LONG; from += AT_ONCE) {
      daybook.documents().append(BOOK, entries(from));
    }
  }

  private List<Append<EncodedEvent>> appends(int from) {
    int ofLedger = LONG / (events() / AT_ONCE);
    List<Append<EncodedEvent>> appends = new ArrayList<>();
    appends.add(Append.of(LEDGER, ExpectedSeq.any(), events(from, ofLedger)));
    int before = (from / AT_ONCE) * (AT_ONCE - ofLedger);
    for (int n = ofLedger; n < AT_ONCE; n += SHORT) {
      String account = account((before + n - ofLedger) / SHORT);
      appends.add(Append.of(account, ExpectedSeq.any(), events(from + n, SHORT)));
    }
    return appends;
  }

  private static List<NewEvent<EncodedEvent>> events(int from, int count) {
    List<NewEvent<EncodedEvent>> events = new ArrayList<>();
    for (int n = from; n < from + count; n++) {
      NewEvent<EncodedEvent> event =
          NewEvent.of(new EncodedEvent(Deposited.TYPE, EncodedEvent.JSON, json(n)));
      if (n % 100 == 0) {
        event = event.tagged(PERCENT);
      }
      if (n % 1_000 == 7) {
        event = event.tagged(PERMILLE);
      }
      events.add(event);
    }
    return events;
  }

  private void fill(SnapshotStore<Balance> snapshots) {
    for (int n = 0; n < accounts(); n++) {
      for (int seq = 1; seq <= KEPT; seq++) {
        snapshots.save(account(n), seq, Balance.number(n));
      }
    }
  }

  private static void metas(DocumentStore documents, int from) {
    for (int n = from; n < from + AT_ONCE; n++) {
      documents.append(account(n), META);
    }
  }

  private static List<DocumentRecord> entries(int from) {
    List<DocumentRecord> records = new ArrayList<>();
    records.add(META);
    for (int n = from; n < from + AT_ONCE; n++) {
      records.add(Entry.since(EntryData.json(new String(json(n), UTF_8)), "v" + n));
    }
    return from == 0 ? records : records.subList(1, records.size());
  }
}
