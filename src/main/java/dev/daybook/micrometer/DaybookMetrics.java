package dev.daybook.micrometer;

import dev.daybook.Daybook;
import dev.daybook.journal.Registration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The meters of a Daybook. None has a stream id as a tag.
 *
 * <ul>
 *   <li>{@code daybook.append}, a timer with the tag {@code outcome}: calls that append, from call
 *       to return.
 *   <li>{@code daybook.events.appended}, a counter with the tag {@code type}: committed events. It
 *       has {@value #MOST_TYPES} types at most, those that are seen first; all others count as
 *       {@code other}.
 *   <li>{@code daybook.append.group}, a summary: how many appends share a transaction.
 *   <li>{@code daybook.read}, a timer with the tag {@code kind}.
 *   <li>{@code daybook.subscription.handle}, a timer with the tags {@code subscription} and {@code
 *       outcome}: calls of handlers.
 *   <li>{@code daybook.snapshot}, a counter with the tag {@code outcome}.
 *   <li>{@code daybook.journal.position}, {@code daybook.writer.queue} and {@code
 *       daybook.wal.size}, gauges.
 *   <li>{@code daybook.subscription.lag}, {@code daybook.subscription.lag.time}, {@code
 *       daybook.subscription.state} and {@code daybook.dead.letters}, gauges with the tag {@code
 *       subscription}, for each subscription that has a checkpoint, whichever process runs it. The
 *       state has the tag {@code state} as well, and is 1 for the present one and 0 for others.
 * </ul>
 *
 * <p>The gauges show one {@link dev.daybook.DaybookStore#status status} of the store, which a
 * scrape reads if it is older than five seconds: at most four short statements, none of which takes
 * longer for more events. A scrape waits a second for them, a half more at the worst, and one that
 * comes meanwhile does not wait at all. Without a status they are not a number: before the first
 * use of the database, which a scrape does not open, when it does not answer, and after the close.
 * A subscription has gauges from the scrape on that follows the one which found it.
 *
 * <p>Safe for use by several threads.
 */
public final class DaybookMetrics implements MeterBinder, AutoCloseable {

  /** How many types of events have a counter each. */
  public static final int MOST_TYPES = 200;

  private record Bound(Registration observing, StatusGauges gauges) {}

  private final Daybook daybook;
  private final Tags tags;
  private final Map<MeterRegistry, Bound> bound = new HashMap<>();

  private DaybookMetrics(Daybook daybook, Tags tags) {
    this.daybook = daybook;
    this.tags = tags;
  }

  /** The meters of a Daybook, without further tags. */
  public static DaybookMetrics of(Daybook daybook) {
    return new DaybookMetrics(Objects.requireNonNull(daybook, "daybook"), Tags.empty());
  }

  /**
   * The meters of a Daybook with tags for all of them: a registry that has the meters of several
   * Daybooks tells them apart by these.
   */
  public static DaybookMetrics of(Daybook daybook, Iterable<Tag> tags) {
    return new DaybookMetrics(Objects.requireNonNull(daybook, "daybook"), Tags.of(tags));
  }

  /** Counts from now on; a second time for the same registry does nothing. */
  @Override
  public synchronized void bindTo(MeterRegistry registry) {
    bound.computeIfAbsent(
        Objects.requireNonNull(registry, "registry"),
        to -> {
          StatusGauges gauges = new StatusGauges(daybook, to, tags);
          return new Bound(daybook.observe(new StoreMeters(to, tags, gauges)), gauges);
        });
  }

  /**
   * Counts no more, and removes the gauges from the registries; the Daybook stays open. Needed only
   * for a registry that outlives the Daybook.
   */
  @Override
  public synchronized void close() {
    bound
        .values()
        .forEach(
            each -> {
              each.observing().close();
              each.gauges().close();
            });
    bound.clear();
  }
}
