package dev.daybook.spring.boot;

import dev.daybook.subscription.OnFailure;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * A method of a bean that handles events: a subscription, which {@link DaybookSubscriptions} runs.
 *
 * <p>The type of the first parameter says which events it gets: {@code E}, {@code
 * RecordedEvent<E>}, or, for several at once, {@code List<E>} or {@code List<RecordedEvent<E>>}. It
 * gets all events that are an {@code E}: those of a class, or of all classes below an interface.
 * Either one bean of {@code EventTypes} has them, or {@code E} is in a sealed hierarchy. If there
 * is a bean of {@code Journal} for them, that decodes them.
 *
 * <p>After it, in any order and each at most once, a method for one event may have a {@code
 * Metadata} and a {@code long}, which is the event's position; and one with {@link
 * DeliveryMode#EXACTLY_ONCE} a jOOQ {@code Configuration}, the transaction. It returns nothing. A
 * method with another signature fails the start of the application with an {@link
 * dev.daybook.error.InvalidInputException} that names the method.
 *
 * <p>What is said here about a subscription is what {@link dev.daybook.subscription.Subscriber} has
 * by default; a bean of that class can say everything.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface DaybookListener {

  /** How often the method gets an event. */
  enum DeliveryMode {
    /** See {@link dev.daybook.subscription.AtLeastOnce}. */
    AT_LEAST_ONCE,
    /**
     * See {@link dev.daybook.subscription.ExactlyOnce}. What the method writes by the application's
     * own tools in its transaction, such as {@code JdbcTemplate} and JPA, is there exactly once, if
     * the Daybook joins the application's transactions.
     */
    EXACTLY_ONCE
  }

  /** Where a subscription begins that has no checkpoint yet. */
  enum Start {
    /** With the first event of the journal. */
    BEGINNING,
    /** With the first event that is appended after it was started for the first time. */
    END
  }

  /**
   * The name of the subscription, under which its checkpoint is stored. Of all processes with one
   * name, one works. To be changed only if it is to begin anew.
   */
  String name();

  /** How often the method gets an event. */
  DeliveryMode delivery() default DeliveryMode.AT_LEAST_ONCE;

  /** Where it begins if it has no checkpoint. */
  Start from() default Start.BEGINNING;

  /** Only events of the streams whose ids begin with this. */
  String inStreams() default "";

  /** Only events that have all these tags. */
  String[] tags() default {};

  /** What to do with an event that can't be handled. */
  OnFailure.Then onFailure() default OnFailure.Then.STOP;

  /** How often to try an event again before that, with growing delays; -1 for the usual number. */
  int retries() default -1;

  /**
   * On how many threads it is called; more than one only with {@link DeliveryMode#AT_LEAST_ONCE}.
   */
  int partitions() default 1;

  /** How many events a {@code List} has at the most. */
  int batch() default 100;
}
