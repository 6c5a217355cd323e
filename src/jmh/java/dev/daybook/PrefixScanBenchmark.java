package dev.daybook;

import static dev.daybook.internal.jooq.Tables.DOC_META;

import dev.daybook.document.DocumentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A prefix with 100 matches, among ever more ids: what it costs must not grow with them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PrefixScanBenchmark {

  private static final int MATCHES = 100;
  private static final int AT_ONCE = 10_000;

  /** How many ids there are. */
  @Param({"10000", "100000", "1000000"})
  public int ids;

  private Path directory;
  private Daybook daybook;
  private DocumentStore documents;

  /** Makes ids such as {@code doc_0042%17}: a hundred for each number. */
  @Setup(Level.Trial)
  public void fill() throws IOException {
    directory = Files.createTempDirectory("prefix-scan");
    daybook =
        Daybook.builder(directory.resolve("ids.db")).synchronous(Synchronous.NORMAL).build();
    for (int from = 0; from < ids; from += AT_ONCE) {
      int first = from;
      daybook.transaction(tx -> insert(tx.dsl(), first));
    }
    documents = daybook.documents();
  }

  @TearDown(Level.Trial)
  public void remove() throws IOException {
    daybook.close();
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  @Benchmark
  public List<String> hundredMatches() {
    List<String> found = documents.listDocIds("doc_0042%", "", Integer.MAX_VALUE);
    if (found.size() != MATCHES) {
      throw new IllegalStateException("found " + found.size());
    }
    return found;
  }

  private static void insert(DSLContext dsl, int from) {
    BatchBindStep batch =
        dsl.batch(dsl.insertInto(DOC_META, DOC_META.DOC_ID, DOC_META.DATA).values("", "{}"));
    for (int n = from; n < from + AT_ONCE; n++) {
      batch = batch.bind("doc_%04d%%%02d".formatted(n / MATCHES, n % MATCHES), "{}");
    }
    batch.execute();
  }
}
