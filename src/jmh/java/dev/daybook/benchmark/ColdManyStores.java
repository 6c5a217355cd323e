package dev.daybook.benchmark;

import dev.daybook.Daybook;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What many open stores in one process cost: {@code DIRECTORY COUNT} makes so many files in the
 * directory, appends to each and reads from it, and prints what the process has before and after
 * that, as Linux counts it.
 */
public final class ColdManyStores {

  private static final String JSON = "{\"note\":\"a file per tenant\"}";

  private ColdManyStores() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    int count = Integer.parseInt(args[1]);
    List<Daybook> open = new ArrayList<>();
    try {
      open.add(use(Daybook.open(directory.resolve("first.db"))));
      print("1 store");
      long begun = System.nanoTime();
      for (int i = 1; i < count; i++) {
        open.add(use(Daybook.open(directory.resolve("tenant-" + i + ".db"))));
      }
      long millis = (System.nanoTime() - begun) / 1_000_000;
      print(count + " stores");
      System.out.println("opened in " + millis + " ms");
    } finally {
      open.forEach(Daybook::close);
    }
    print("all closed");
  }

  private static Daybook use(Daybook daybook) {
    daybook.rawJournal().append("stream", ExpectedSeq.any(), EncodedEvent.json("Noted", JSON));
    daybook.rawJournal().read(EventQuery.stream("stream"));
    return daybook;
  }

  private static void print(String when) throws IOException {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    long heap = (runtime.totalMemory() - runtime.freeMemory()) / 1024;
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      System.out.println(when + ": heap " + heap + " kB, descriptors " + files.count() + status());
    }
  }

  private static String status() throws IOException {
    StringBuilder status = new StringBuilder();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:") || line.startsWith("Threads:")) {
        status.append(", ").append(line.replaceAll("\\s+", " "));
      }
    }
    return status.toString();
  }
}
