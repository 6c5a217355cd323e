package dev.daybook.cli.commands;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.snapshot.SnapshotInfo;
import dev.daybook.snapshot.SnapshotStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "snapshots",
    mixinStandardHelpOptions = true,
    description = "Lists the snapshots of one stream, the newest first, or of all streams.")
final class SnapshotsCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Parameters(
      arity = "0..1",
      paramLabel = "STREAM",
      description = "Only the snapshots of this stream.")
  private @Nullable String stream;

  private record Row(
      String stream,
      long seq,
      int schemaVersion,
      String codec,
      Optional<String> compression,
      Optional<String> keyId,
      Instant time,
      long bytes) {

    static Row of(SnapshotInfo info) {
      return new Row(
          info.streamId(),
          info.seq(),
          info.schemaVersion(),
          info.codec(),
          info.compression(),
          info.keyId(),
          info.time(),
          info.bytes());
    }
  }

  @Override
  public Integer call() throws IOException {
    ResultPrinter printer = store.printer();
    try (Daybook daybook = store.openToRead()) {
      try (Stream<SnapshotInfo> infos = infos(daybook.snapshots(Object.class))) {
        Iterator<SnapshotInfo> each = infos.iterator();
        if (stream != null && !each.hasNext()) {
          KnownStreams.require(daybook, stream);
        }
        while (each.hasNext() && printer.printRow(Row.of(each.next()))) {}
      }
    }
    printer.flush();
    return 0;
  }

  @MustBeClosed
  private Stream<SnapshotInfo> infos(SnapshotStore<Object> snapshots) {
    return stream == null ? snapshots.listAll() : snapshots.list(stream);
  }
}
