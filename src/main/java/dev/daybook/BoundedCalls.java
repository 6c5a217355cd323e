package dev.daybook;

import dev.daybook.checkpoint.CheckpointStore;
import dev.daybook.document.DocumentStore;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.deadlines.Bounded;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.Journal;
import dev.daybook.maintenance.Maintenance;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.stream.Streams;
import dev.daybook.subscription.Subscriptions;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store, or a part of one, of which each call has a deadline: whatever a call does on its thread
 * is bound by it. What a call returns is bound as well, if it has calls that wait.
 */
final class BoundedCalls implements InvocationHandler {

  private static final List<Class<?>> BOUND =
      List.of(
          Repositories.class,
          Journal.class,
          BulkLoad.class,
          SnapshotStore.class,
          DocumentStore.class,
          CheckpointStore.class,
          Streams.class,
          Subscriptions.class,
          Maintenance.class);

  private final Object unbounded;
  private final Duration time;

  private BoundedCalls(Object unbounded, Duration time) {
    this.unbounded = unbounded;
    this.time = time;
  }

  static DaybookStore of(Daybook daybook, Duration time) {
    Objects.requireNonNull(time, "time");
    if (time.isNegative() || time.isZero()) {
      throw new InvalidInputException(
          "the deadline of a call is %s; expected a time that is longer than 0".formatted(time));
    }
    return (DaybookStore) bound(DaybookStore.class, daybook, time);
  }

  private static Object bound(Class<?> type, Object unbounded, Duration time) {
    return Proxy.newProxyInstance(
        BoundedCalls.class.getClassLoader(),
        new Class<?>[] {type, Bounded.class},
        new BoundedCalls(unbounded, time));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (method.getDeclaringClass() == Bounded.class) {
      return Deadline.after(time);
    }
    @Nullable Object[] plain = args == null ? new Object[0] : args.clone();
    for (int i = 0; i < plain.length; i++) {
      plain[i] = unbounded(plain[i]);
    }
    Object result =
        Deadline.after(time).bind(() -> Optional.ofNullable(call(method, plain))).orElse(null);
    return BOUND.contains(method.getReturnType())
        ? bound(method.getReturnType(), Objects.requireNonNull(result), time)
        : result;
  }

  private @Nullable Object call(Method method, @Nullable Object[] args) throws Throwable {
    try {
      return method.invoke(unbounded, args);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** A repository that is an argument has no deadline of its own in this call. */
  private static @Nullable Object unbounded(@Nullable Object argument) {
    return argument instanceof Bounded
            && Proxy.getInvocationHandler(argument) instanceof BoundedCalls calls
        ? calls.unbounded
        : argument;
  }
}
