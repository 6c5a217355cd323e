package dev.daybook.internal.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A transaction with appends, at its commit. */
@Name("daybook.AppendGroup")
@Label("Group of Appends")
@Description("A transaction with the appends of one or several callers, at its commit")
@Category("Daybook")
@StackTrace(false)
final class AppendGroupEvent extends Event {

  @Label("Number of Appends")
  int appends;

  @Label("Number of Events")
  long events;

  @Label("Written")
  @Timespan
  long written;
}
