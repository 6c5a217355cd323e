package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.journal.StreamArchivedException;
import dev.daybook.journal.StreamDeletedException;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.StreamTombstonedException;
import dev.daybook.stream.StreamStatus;
import dev.daybook.stream.Streams;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** What the suites about the states of streams share: the states, and a clock of their own. */
public abstract class StreamStatesConformance extends JournalConformance {

  protected static final Instant NINE = Instant.parse("2026-03-01T09:00:00.123Z");
  protected static final Instant TEN = Instant.parse("2026-03-01T10:00:00.456Z");
  protected volatile Instant time = NINE;
  protected Streams streams;

  protected StreamStatesConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  /** The states that an active stream can be brought into. */
  enum InState {
    ACTIVE,
    ARCHIVED,
    TOMBSTONED,
    DELETED;

    void bring(Streams streams) {
      switch (this) {
        case ACTIVE -> streams.restore("a");
        case ARCHIVED -> streams.archive("a");
        case TOMBSTONED -> streams.tombstone("a", "fraud");
        case DELETED -> streams.delete("a");
      }
    }
  }

  @BeforeEach
  void openWithOwnTime() {
    openWith(it -> it.clock(new OwnClock()));
    streams = daybook.streams();
  }

  protected static StreamStatus status(
      StreamState state,
      long lastSeq,
      long deletedTo,
      @Nullable String reason,
      @Nullable Instant changedAt) {
    return new StreamStatus.StreamStatusValues(
        "a",
        state,
        lastSeq,
        deletedTo,
        false,
        Optional.ofNullable(reason),
        Optional.ofNullable(changedAt));
  }

  protected static void refusedInState(InState in, ThrowingCallable use) {
    switch (in) {
      case ARCHIVED -> refused(StreamArchivedException.class, use);
      case TOMBSTONED -> refused(StreamTombstonedException.class, use);
      case DELETED -> refused(StreamDeletedException.class, use);
      case ACTIVE -> throw new AssertionError("an active stream refuses nothing");
    }
  }

  protected static <X extends Throwable> X refused(Class<X> type, ThrowingCallable use) {
    X refused = catchThrowableOfType(type, use);
    if (refused == null) {
      throw new AssertionError("expected a " + type.getSimpleName() + ", and nothing was thrown");
    }
    return refused;
  }

  /** Says what time the test wants it to be. */
  private final class OwnClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return time;
    }
  }
}
