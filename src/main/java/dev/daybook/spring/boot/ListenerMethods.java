package dev.daybook.spring.boot;

import dev.daybook.Daybook;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.Journal;
import dev.daybook.subscription.Subscriber;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/** Finds the methods with {@link DaybookListener}, and the journal that each gets events from. */
final class ListenerMethods {

  /**
   * A journal, and the names under which it has the events of a method.
   *
   * @param <E> what it decodes events to
   */
  record Source<E>(Journal<E> journal, Set<String> names) {}

  private final Daybook daybook;
  private final ConfigurableListableBeanFactory beans;

  ListenerMethods(Daybook daybook, ConfigurableListableBeanFactory beans) {
    this.daybook = daybook;
    this.beans = beans;
  }

  /**
   * @throws InvalidInputException if one has a wrong signature
   */
  List<Subscriber<?>> find() {
    List<Subscriber<?>> found = new ArrayList<>();
    for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
      Class<?> type =
          ScopedProxyUtils.isScopedTarget(name)
              ? null
              : AutoProxyUtils.determineTargetClass(beans, name);
      if (type != null && AnnotationUtils.isCandidateClass(type, DaybookListener.class)) {
        methodsOf(type).forEach((method, how) -> found.add(subscriber(name, type, method, how)));
      }
    }
    return found;
  }

  private static Map<Method, DaybookListener> methodsOf(Class<?> type) {
    return MethodIntrospector.selectMethods(
        type,
        (Method method) ->
            AnnotatedElementUtils.findMergedAnnotation(method, DaybookListener.class));
  }

  private Subscriber<?> subscriber(String bean, Class<?> type, Method method, DaybookListener how) {
    ListenerMethod listener = ListenerMethod.of(type, method, how);
    Source<?> source = source(listener);
    Class<?> made = Objects.requireNonNull(beans.getType(bean), "the type of a bean");
    if (isSubclassProxy(made) && !canBeOverridden(method, made)) {
      throw listener.refuse(
          "its bean is a proxy, a subclass that can't override it; expected a method that is public and not final");
    }
    return listener.subscriber(
        source, () -> beans.getBean(bean), AopUtils.selectInvocableMethod(method, made));
  }

  private static boolean isSubclassProxy(Class<?> type) {
    return SpringProxy.class.isAssignableFrom(type) && !Proxy.isProxyClass(type);
  }

  /** A method that is not would run on the proxy itself, whose fields were never set. */
  private static boolean canBeOverridden(Method method, Class<?> proxy) {
    int modifiers = method.getModifiers();
    Class<?> declaring = method.getDeclaringClass();
    boolean isSeen =
        Modifier.isPublic(modifiers)
            || Modifier.isProtected(modifiers)
            || (!Modifier.isPrivate(modifiers)
                && proxy.getClassLoader() == declaring.getClassLoader()
                && proxy.getPackageName().equals(declaring.getPackageName()));
    return isSeen && !Modifier.isFinal(modifiers);
  }

  /** The types that a bean has, or else the sealed hierarchy that the class is in. */
  private Source<?> source(ListenerMethod listener) {
    Class<?> events = listener.events();
    List<String> having = new ArrayList<>();
    for (String name : beans.getBeanNamesForType(EventTypes.class, true, false)) {
      EventTypes<?> types = beans.getBean(name, EventTypes.class);
      if (!namesOf(types, events).isEmpty()) {
        having.add(name);
      }
    }
    if (having.size() > 1) {
      throw listener.refuse(
          "the beans %s have events that are a %s; expected one of them"
              .formatted(having, events.getName()));
    }
    if (!having.isEmpty()) {
      String name = having.get(0);
      EventTypes<?> types = beans.getBean(name, EventTypes.class);
      return source(types, JournalBeans.eventsOf(name, beans), events);
    }
    Class<?> sealed = sealedAbove(events);
    if (sealed == null) {
      throw listener.refuse(
          "no bean of EventTypes has events that are a %s; expected one, or a sealed hierarchy with such events"
              .formatted(events.getName()));
    }
    try {
      return source(EventTypes.ofSealed(sealed), ResolvableType.forClass(sealed), events);
    } catch (InvalidInputException e) {
      throw listener.refuse(String.valueOf(e.getMessage()));
    }
  }

  private <E> Source<E> source(EventTypes<E> types, ResolvableType base, Class<?> events) {
    ObjectProvider<Journal<E>> own =
        beans.getBeanProvider(ResolvableType.forClassWithGenerics(Journal.class, base));
    Journal<E> journal = own.getIfUnique();
    return new Source<>(journal == null ? daybook.journal(types) : journal, namesOf(types, events));
  }

  /** Every name under which events may be stored that are of a class. */
  private static <E> Set<String> namesOf(EventTypes<E> types, Class<?> events) {
    Set<String> names = new LinkedHashSet<>();
    for (String name : types.names()) {
      types
          .classOf(name)
          .filter(events::isAssignableFrom)
          .map(types::namesOf)
          .ifPresent(names::addAll);
    }
    return names;
  }

  /** The highest sealed type above a class, or the class itself. Java's own are left out. */
  private static @Nullable Class<?> sealedAbove(Class<?> type) {
    if (type.getName().startsWith("java.")) {
      return null;
    }
    List<Class<?>> above = new ArrayList<>(List.of(type.getInterfaces()));
    if (type.getSuperclass() != null) {
      above.add(type.getSuperclass());
    }
    for (Class<?> each : above) {
      Class<?> highest = each.isSealed() ? sealedAbove(each) : null;
      if (highest != null) {
        return highest;
      }
    }
    return type.isSealed() ? type : null;
  }
}
