package dev.daybook.spring.boot.internal;

import dev.daybook.Daybook;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.JournalStats;
import dev.daybook.journal.StreamState;
import dev.daybook.subscription.DeadLetter;
import dev.daybook.subscription.SubscriptionInfo;
import dev.daybook.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.lang.Nullable;

/**
 * The endpoint {@code daybook}: what is in the store, and how its subscriptions are. It changes
 * something only where {@code management.endpoint.daybook.access} is {@code unrestricted}.
 */
@Endpoint(id = "daybook", defaultAccess = Access.READ_ONLY)
final class DaybookEndpoint {

  private static final int USUAL_LIMIT = 100;
  private static final int HIGHEST_LIMIT = 1_000;

  /** What can be listed. */
  enum Kind {
    STREAMS,
    SUBSCRIPTIONS,
    DEAD_LETTERS
  }

  /** What can be done with a subscription, and with one of its dead letters. */
  enum Action {
    PAUSE,
    RESUME,
    RETRY,
    DROP
  }

  /** The store as a whole. */
  record Overview(
      long events,
      long streams,
      long lastPosition,
      @Nullable Instant newest,
      List<SubscriptionStatus> subscriptions,
      int deadLetters) {}

  /** A subscription, whichever process runs it. */
  record SubscriptionStatus(
      String name,
      long position,
      Instant updatedAt,
      long lagEvents,
      Duration lagTime,
      @Nullable String owner,
      long deadLetters,
      @Nullable Instant pausedAt,
      @Nullable String failure) {

    static SubscriptionStatus of(SubscriptionInfo info) {
      return new SubscriptionStatus(
          info.name(),
          info.position(),
          info.updatedAt(),
          info.lagEvents(),
          info.lagTime(),
          info.owner().orElse(null),
          info.deadLetters(),
          info.pausedAt().orElse(null),
          info.stop().map(stop -> stop.reason()).orElse(null));
    }
  }

  /** An event that was parked, without what is in it. */
  record Parked(
      String subscription,
      long position,
      String streamId,
      long seq,
      String type,
      long attempts,
      String error,
      Instant parkedAt) {

    static Parked of(DeadLetter letter) {
      return new Parked(
          letter.subscription(),
          letter.position(),
          letter.streamId(),
          letter.seq(),
          letter.type(),
          letter.attempts(),
          letter.error(),
          letter.parkedAt());
    }
  }

  /** A stream. */
  record StreamHead(String streamId, StreamState state, long lastSeq) {}

  /** What became of what was asked for. */
  record Done(String subscription, Action action, boolean changed) {}

  private final Daybook daybook;

  DaybookEndpoint(Daybook daybook) {
    this.daybook = daybook;
  }

  @ReadOperation
  Overview overview() {
    JournalStats stats = daybook.rawJournal().stats();
    return new Overview(
        stats.events(),
        stats.streams(),
        stats.lastPosition(),
        stats.newest().orElse(null),
        subscriptions(),
        daybook.subscriptions().deadLetters().size());
  }

  /**
   * One kind of things.
   *
   * @param prefix of stream ids: only those
   * @param after a stream id: those that come after it
   * @param limit how many streams, 1 to 1,000; 100 by default
   */
  @ReadOperation
  List<?> list(
      @Selector Kind kind,
      @Nullable String prefix,
      @Nullable String after,
      @Nullable Integer limit) {
    return switch (kind) {
      case STREAMS -> streams(prefix, after, limit);
      case SUBSCRIPTIONS -> subscriptions();
      case DEAD_LETTERS -> daybook.subscriptions().deadLetters().stream().map(Parked::of).toList();
    };
  }

  /**
   * Does something with a subscription, whichever process runs it.
   *
   * @param position that of the dead letter
   */
  @WriteOperation
  Done act(@Selector String subscription, @Selector Action action, @Nullable Long position) {
    Subscriptions all = daybook.subscriptions();
    try {
      boolean changed =
          switch (action) {
            case PAUSE -> {
              all.pause(subscription);
              yield true;
            }
            case RESUME -> {
              all.resume(subscription);
              yield true;
            }
            case RETRY -> all.retryDeadLetter(subscription, required(position));
            case DROP -> all.dropDeadLetter(subscription, required(position));
          };
      return new Done(subscription, action, changed);
    } catch (InvalidInputException e) {
      throw refuse(String.valueOf(e.getMessage()));
    }
  }

  private static long required(@Nullable Long position) {
    if (position == null) {
      throw refuse("no position is given; expected that of a dead letter");
    }
    return position;
  }

  private List<SubscriptionStatus> subscriptions() {
    return daybook.subscriptions().list().stream().map(SubscriptionStatus::of).toList();
  }

  private List<StreamHead> streams(
      @Nullable String prefix, @Nullable String after, @Nullable Integer limit) {
    int most = Optional.ofNullable(limit).orElse(USUAL_LIMIT);
    if (most < 1 || most > HIGHEST_LIMIT) {
      throw refuse("the limit is %s; expected 1 to %s".formatted(most, HIGHEST_LIMIT));
    }
    return daybook
        .rawJournal()
        .streamIds(
            Optional.ofNullable(prefix).orElse(""), Optional.ofNullable(after).orElse(""), most)
        .stream()
        .map(daybook.streams()::status)
        .map(status -> new StreamHead(status.streamId(), status.state(), status.lastSeq()))
        .toList();
  }

  private static InvalidEndpointRequestException refuse(String reason) {
    return new InvalidEndpointRequestException(reason, reason);
  }
}
