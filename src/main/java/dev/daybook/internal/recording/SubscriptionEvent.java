package dev.daybook.internal.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A change of a subscription or its lease. */
@Name("daybook.Subscription")
@Label("Subscription")
@Description("A change of a subscription or its lease")
@Category("Daybook")
@StackTrace(false)
final class SubscriptionEvent extends Event {

  @Label("Subscription")
  @Nullable String subscription;

  @Label("Change")
  @Nullable String change;
}
