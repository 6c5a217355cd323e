package dev.daybook.snapshot;

import dev.daybook.meta.Internal;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored snapshot without its state.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface SnapshotInfo {

  /** The stream. */
  String streamId();

  /** The sequence number of the last event that is folded into it. */
  long seq();

  /** The version of the state's own schema. */
  int schemaVersion();

  /** The name of the codec that wrote the state. */
  String codec();

  /** The name of its compression, if it is compressed. */
  Optional<String> compression();

  /** The id of its key, if it is encrypted. */
  Optional<String> keyId();

  /** When it was saved, to the millisecond. */
  Instant time();

  /** How large it is in the database. */
  long bytes();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("snapshot.internal makes it")
  record SnapshotInfoValues(
      String streamId,
      long seq,
      int schemaVersion,
      String codec,
      Optional<String> compression,
      Optional<String> keyId,
      Instant time,
      long bytes)
      implements SnapshotInfo {}
}
