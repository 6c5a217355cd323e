package dev.daybook.cli.commands;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.EventPrinter;
import dev.daybook.snapshot.SnapshotInfo;
import dev.daybook.snapshot.SnapshotStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
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

  @Override
  public Integer call() throws IOException {
    EventPrinter printer = store.printer();
    try (Daybook daybook = store.openToRead();
        Stream<SnapshotInfo> infos = infos(daybook.snapshots(Object.class))) {
      for (Iterator<SnapshotInfo> each = infos.iterator(); each.hasNext(); ) {
        print(printer, each.next());
      }
    }
    printer.flush();
    return 0;
  }

  @MustBeClosed
  private Stream<SnapshotInfo> infos(SnapshotStore<Object> snapshots) {
    return stream == null ? snapshots.listAll() : snapshots.list(stream);
  }

  private static void print(EventPrinter printer, SnapshotInfo info) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("stream", info.streamId());
    values.put("seq", info.seq());
    values.put("schemaVersion", info.schemaVersion());
    values.put("codec", info.codec());
    info.compression().ifPresent(name -> values.put("compression", name));
    info.keyId().ifPresent(id -> values.put("keyId", id));
    values.put("time", info.time().toString());
    values.put("bytes", info.bytes());
    printer.print(
        values,
        "%s/%s  %s  version %s  %s, %s bytes"
            .formatted(
                info.streamId(),
                info.seq(),
                info.time(),
                info.schemaVersion(),
                String.join(
                    " ",
                    info.codec(),
                    info.compression().orElse("uncompressed"),
                    info.keyId().map(id -> "encrypted with " + id).orElse("in the clear")),
                info.bytes()));
  }
}
