package dev.daybook.subscription.internal.store;

import dev.daybook.internal.statements.Row;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint's row, as far as the lease is concerned.
 *
 * @param owner the process that has the lease; {@code null} if none has
 * @param place where the owner's process runs, if that is known
 * @param lease for how long the owner need not answer; zero if it does not say
 * @param asked by what number the owner was asked for a sign of life; 0 if it was not, or has
 *     answered
 * @param paused whether the holder of the lease has to pause
 */
public record LeaseHolder(
    String name,
    long fence,
    @Nullable String owner,
    @Nullable String place,
    Duration lease,
    long asked,
    long position,
    boolean paused) {

  /** Reads what {@link SubscriptionStatements#holder} has found. */
  public static LeaseHolder read(Row row) {
    return new LeaseHolder(
        row.text(1),
        row.number(2),
        row.optionalText(3),
        row.optionalText(4),
        Duration.ofMillis(row.numberOrZero(5)),
        row.numberOrZero(6),
        row.number(7),
        row.optionalNumber(8) != null);
  }

  public boolean isHeldBy(String who, Lease lease) {
    return fence == lease.fence() && who.equals(owner);
  }
}
