package dev.daybook;

import dev.daybook.checkpoint.CheckpointStore;
import dev.daybook.codec.Codecs;
import dev.daybook.document.DocumentStore;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.Journal;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.stream.Streams;
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
 * Repositories of which each call has a deadline: whatever a call does on its thread is bound by
 * it. What a repository makes of itself, such as a journal inside a transaction, is bound as well.
 */
record BoundedRepositories(Repositories unbounded, Duration time) implements Repositories {

  private static final List<Class<?>> BOUND =
      List.of(
          Journal.class,
          BulkLoad.class,
          SnapshotStore.class,
          DocumentStore.class,
          CheckpointStore.class,
          Streams.class);

  BoundedRepositories {
    Objects.requireNonNull(time, "time");
    if (time.isNegative() || time.isZero()) {
      throw new InvalidInputException(
          "the deadline of a call is %s; expected a time that is longer than 0".formatted(time));
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public <E> Journal<E> journal(EventTypes<E> types, Codecs codecs) {
    return bound(Journal.class, unbounded.journal(types, codecs));
  }

  @Override
  @SuppressWarnings("unchecked")
  public Journal<EncodedEvent> rawJournal() {
    return bound(Journal.class, unbounded.rawJournal());
  }

  @Override
  @SuppressWarnings("unchecked")
  public <S> SnapshotStore<S> snapshots(Class<S> type, SnapshotOptions options) {
    return bound(SnapshotStore.class, unbounded.snapshots(type, options));
  }

  @Override
  public DocumentStore documents() {
    return bound(DocumentStore.class, unbounded.documents());
  }

  @Override
  public CheckpointStore checkpoints() {
    return bound(CheckpointStore.class, unbounded.checkpoints());
  }

  @Override
  public Streams streams() {
    return bound(Streams.class, unbounded.streams());
  }

  private <R> R bound(Class<R> type, R repository) {
    return type.cast(
        Proxy.newProxyInstance(
            BoundedRepositories.class.getClassLoader(),
            new Class<?>[] {type},
            new BoundCalls(repository)));
  }

  private final class BoundCalls implements InvocationHandler {

    private final Object repository;

    BoundCalls(Object repository) {
      this.repository = repository;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
        throws Throwable {
      @Nullable Object[] plain = args == null ? new Object[0] : args.clone();
      for (int i = 0; i < plain.length; i++) {
        plain[i] = unbound(plain[i]);
      }
      Object result =
          Deadline.after(time).bind(() -> Optional.ofNullable(call(method, plain))).orElse(null);
      return BOUND.contains(method.getReturnType())
          ? boundAs(method.getReturnType(), Objects.requireNonNull(result))
          : result;
    }

    private @Nullable Object call(Method method, @Nullable Object[] args) throws Throwable {
      try {
        return method.invoke(repository, args);
      } catch (InvocationTargetException e) {
        throw e.getCause() == null ? e : e.getCause();
      }
    }

    private <R> R boundAs(Class<R> type, Object result) {
      return bound(type, type.cast(result));
    }

    /** A repository that is an argument has no deadline of its own in this call. */
    private static @Nullable Object unbound(@Nullable Object argument) {
      return argument != null
              && Proxy.isProxyClass(argument.getClass())
              && Proxy.getInvocationHandler(argument) instanceof BoundCalls bound
          ? bound.repository
          : argument;
    }
  }
}
