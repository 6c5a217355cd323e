package dev.daybook.internal.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A call of a handler. */
@Name("daybook.Handler")
@Label("Handler")
@Description("A call of a handler of a subscription")
@Category("Daybook")
@StackTrace(false)
final class HandlerEvent extends Event {

  @Label("Subscription")
  @Nullable String subscription;

  @Label("Number of Events")
  int events;

  @Label("First Position")
  long firstPosition;

  @Label("Failure")
  @Description("The class of what was thrown")
  @Nullable String failure;
}
