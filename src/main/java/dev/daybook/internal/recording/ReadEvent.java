package dev.daybook.internal.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A read of events. */
@Name("daybook.Read")
@Label("Read")
@Description("A read of events")
@Category("Daybook")
@StackTrace(false)
final class ReadEvent extends Event {

  @Label("Kind of Read")
  @Nullable String kind;

  @Label("Failure")
  @Description("The class of what was thrown")
  @Nullable String failure;
}
