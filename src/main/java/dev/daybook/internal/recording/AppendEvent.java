package dev.daybook.internal.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A call that appends. */
@Name("daybook.Append")
@Label("Append")
@Description("A call that appends to a journal")
@Category("Daybook")
@StackTrace(false)
final class AppendEvent extends Event {

  @Label("Stream")
  @Description("The stream, if it appends to one")
  @Nullable String stream;

  @Label("Number of Events")
  int events;

  @Label("Outcome")
  @Nullable String outcome;

  @Label("Waited")
  @Description("Until it was written: for the encoding, the queue, the writer or a connection")
  @Timespan
  long waited;

  @Label("Written")
  @Description("From then on, with the commit")
  @Timespan
  long written;

  @Label("Failure")
  @Description("The class of what was thrown")
  @Nullable String failure;
}
