package dev.daybook.spring.boot;

import dev.daybook.Daybook;
import dev.daybook.error.InvalidInputException;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.SmartLifecycle;

/**
 * The subscriptions of the application's beans: those of {@link Subscriber}, and methods with
 * {@link DaybookListener}. They start when everything else in the application has, the web server
 * included, unless {@code daybook.subscriptions.auto-start} is {@code false}; then {@link #start}
 * starts them. They are stopped before everything else, so that a handler finds its beans and its
 * database until it has ended.
 *
 * <p>Safe for use by several threads.
 */
public final class DaybookSubscriptions implements SmartLifecycle, SmartInitializingSingleton {

  private final Daybook daybook;
  private final boolean autoStart;
  private final ObjectProvider<Subscriber<?>> subscribers;
  private final ListenerMethods methods;
  private volatile Map<String, Subscriber<?>> defined = Map.of();
  private final Map<String, Subscription> running = new ConcurrentHashMap<>();

  DaybookSubscriptions(
      Daybook daybook,
      boolean autoStart,
      ObjectProvider<Subscriber<?>> subscribers,
      ListenerMethods methods) {
    this.daybook = daybook;
    this.autoStart = autoStart;
    this.subscribers = subscribers;
    this.methods = methods;
  }

  /**
   * Collects them; called once all beans are there.
   *
   * @throws InvalidInputException if a method has a wrong signature, or two have the same name
   */
  @Override
  public void afterSingletonsInstantiated() {
    Map<String, Subscriber<?>> found = new LinkedHashMap<>();
    Stream.concat(subscribers.orderedStream(), methods.find().stream())
        .forEach(
            subscriber -> {
              if (found.put(subscriber.name(), subscriber) != null) {
                throw new InvalidInputException(
                    "two subscriptions have the name \"%s\"; expected one of each name"
                        .formatted(subscriber.name()));
              }
            });
    defined = Collections.unmodifiableMap(found);
  }

  /** The names of all, whether they were started or not. */
  public Set<String> names() {
    return defined.keySet();
  }

  /** One that was started here and not stopped since. */
  public Optional<Subscription> find(String name) {
    return Optional.ofNullable(running.get(name));
  }

  /** Starts those that are not started. */
  @Override
  public synchronized void start() {
    defined.forEach((name, subscriber) -> running.computeIfAbsent(name, it -> started(subscriber)));
  }

  private <E> Subscription started(Subscriber<E> subscriber) {
    return daybook.subscriptions().start(subscriber);
  }

  /** Stops all, and waits for their handlers, as {@link Subscription#close} does. */
  @Override
  public synchronized void stop() {
    running.values().parallelStream().forEach(Subscription::close);
    running.clear();
  }

  @Override
  public boolean isRunning() {
    return !running.isEmpty();
  }

  @Override
  public boolean isAutoStartup() {
    return autoStart;
  }
}
