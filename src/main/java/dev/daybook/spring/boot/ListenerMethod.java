package dev.daybook.spring.boot;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.JournalQuery;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.spring.boot.DaybookListener.DeliveryMode;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Delivery;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscriber;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.Configuration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/** A method with {@link DaybookListener} whose signature was checked. */
final class ListenerMethod {

  /** What the method is called with: an event, or several in a batch. */
  private record Call(
      @Nullable Configuration transaction, List<? extends RecordedEvent<?>> events) {

    RecordedEvent<?> event() {
      return events.get(0);
    }

    List<Object> data() {
      List<Object> data = new ArrayList<>();
      events.forEach(event -> data.add(event.data()));
      return data;
    }
  }

  /** What a parameter gets. */
  private interface Argument {
    @Nullable Object of(Call call);
  }

  private final Method method;
  private final DaybookListener how;
  private final Class<?> events;
  private final boolean batches;
  private final List<Argument> arguments = new ArrayList<>();

  private ListenerMethod(Class<?> bean, Method method, DaybookListener how) {
    this.method = method;
    this.how = how;
    if (!method.getReturnType().equals(void.class)) {
      throw refuse(
          "it returns a %s, for which there is no use; expected void"
              .formatted(method.getReturnType().getSimpleName()));
    }
    if (method.getParameterCount() == 0) {
      throw refuse("it has no parameter; expected an event, or a List of events");
    }
    ResolvableType first = ResolvableType.forMethodParameter(method, 0, bean);
    this.batches = List.class.equals(first.resolve());
    ResolvableType each = batches ? first.getGeneric() : first;
    boolean recorded = RecordedEvent.class.equals(each.resolve());
    Class<?> type = (recorded ? each.getGeneric() : each).resolve();
    if (type == null) {
      throw refuse(
          "the type of its events is not given; expected a class or an interface where it has %s"
              .formatted(first));
    }
    this.events = type;
    arguments.add(first(recorded));
    for (int i = 1; i < method.getParameterCount(); i++) {
      arguments.add(further(i));
    }
  }

  /**
   * @throws InvalidInputException if it has a wrong signature
   */
  static ListenerMethod of(Class<?> bean, Method method, DaybookListener how) {
    return new ListenerMethod(bean, method, how);
  }

  /** What its events are. */
  Class<?> events() {
    return events;
  }

  InvalidInputException refuse(String reason) {
    return new InvalidInputException(
        "the listener method %s.%s can't be called: %s"
            .formatted(method.getDeclaringClass().getName(), method.getName(), reason));
  }

  private Argument first(boolean recorded) {
    if (batches) {
      return recorded ? Call::events : Call::data;
    }
    return recorded ? Call::event : call -> call.event().data();
  }

  private Argument further(int index) {
    Class<?> type = method.getParameterTypes()[index];
    for (int i = 1; i < index; i++) {
      if (method.getParameterTypes()[i].equals(type)) {
        throw refuse("it has two parameters of the type %s".formatted(type.getSimpleName()));
      }
    }
    if (type.equals(Configuration.class)) {
      if (how.delivery() != DeliveryMode.EXACTLY_ONCE) {
        throw refuse("it asks for the transaction, which it has only with EXACTLY_ONCE");
      }
      return Call::transaction;
    }
    if (batches) {
      throw refuse(
          "it gets several events, and asks for a %s; a List<RecordedEvent<%s>> has it of each"
              .formatted(type.getSimpleName(), events.getSimpleName()));
    }
    if (type.equals(Metadata.class)) {
      return call -> call.event().metadata();
    }
    if (type.equals(long.class) || type.equals(Long.class)) {
      return call -> call.event().position();
    }
    throw refuse(
        "its parameter %s is a %s; expected Metadata, a long for the position, or jOOQ's Configuration"
            .formatted(index + 1, type.getName()));
  }

  /**
   * @param bean what to call the method on
   * @param callable the method as the bean has it, which may be a proxy
   */
  <E> Subscriber<E> subscriber(
      ListenerMethods.Source<E> source, Supplier<Object> bean, Method callable) {
    ReflectionUtils.makeAccessible(callable);
    Subscriber<E> subscriber;
    try {
      subscriber =
          Subscriber.of(how.name(), source.journal(), this.<E>delivery(bean, callable))
              .select(selection(source))
              .onFailure(onFailure())
              .partitions(how.partitions());
    } catch (InvalidInputException e) {
      throw refuse(String.valueOf(e.getMessage()));
    }
    return how.from() == DaybookListener.Start.END ? subscriber.from(StartFrom.end()) : subscriber;
  }

  private <E> Delivery<E> delivery(Supplier<Object> bean, Method callable) {
    if (how.delivery() == DeliveryMode.EXACTLY_ONCE) {
      return batches
          ? ExactlyOnce.inBatches(how.batch(), (tx, all) -> call(bean, callable, new Call(tx, all)))
          : ExactlyOnce.each((tx, one) -> call(bean, callable, new Call(tx, List.of(one))));
    }
    return batches
        ? AtLeastOnce.inBatches(how.batch(), all -> call(bean, callable, new Call(null, all)))
        : AtLeastOnce.each(one -> call(bean, callable, new Call(null, List.of(one))));
  }

  private void call(Supplier<Object> bean, Method callable, Call call) throws Exception {
    try {
      callable.invoke(bean.get(), arguments.stream().map(each -> each.of(call)).toArray());
    } catch (InvocationTargetException e) {
      ReflectionUtils.rethrowException(e.getTargetException());
    }
  }

  private EventQuery selection(ListenerMethods.Source<?> source) {
    JournalQuery query = EventQuery.all().ofTypes(source.names());
    JournalQuery tagged = how.tags().length == 0 ? query : query.taggedAllOf(how.tags());
    return how.inStreams().isEmpty() ? tagged : tagged.inStreams(how.inStreams());
  }

  private OnFailure onFailure() {
    OnFailure usual =
        switch (how.onFailure()) {
          case STOP -> OnFailure.stop();
          case SKIP -> OnFailure.skip();
          case PARK -> OnFailure.park();
          case PARK_STREAM -> OnFailure.parkStream();
        };
    return how.retries() < 0
        ? usual
        : usual.retries(how.retries(), usual.firstDelay(), usual.longestDelay());
  }
}
