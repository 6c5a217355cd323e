package dev.daybook.testing;

import java.lang.StackWalker.StackFrame;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a test has opened and not closed yet, and where it did. Safe for several threads. */
final class LeftOpen {

  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  /** The threads that call handlers and listeners, which end by themselves. */
  private static final String OWN_THREADS = "daybook-";

  private static final int MOST_FRAMES = 20;

  /** Something that is open. Each is equal to itself alone. */
  private static final class Opened {
    private final String what;
    private final boolean onOwnThread;
    private final List<StackTraceElement> stack;

    Opened(String what, boolean onOwnThread, List<StackTraceElement> stack) {
      this.what = what;
      this.onOwnThread = onOwnThread;
      this.stack = stack;
    }

    @Override
    public String toString() {
      return "%s, opened at %s"
          .formatted(what, stack.isEmpty() ? "an unknown place" : Shown.place(stack.get(0)));
    }
  }

  private final Set<Opened> open = new LinkedHashSet<>();

  /** Something was opened; what is returned is run once it is closed. */
  Runnable opened(String what) {
    Opened opened =
        new Opened(
            what,
            Thread.currentThread().getName().startsWith(OWN_THREADS),
            STACK.walk(LeftOpen::ofCallers));
    synchronized (this) {
      open.add(opened);
    }
    return () -> {
      synchronized (this) {
        open.remove(opened);
      }
    };
  }

  /** What is open now, apart from what handlers and listeners have opened. */
  synchronized Set<Object> ofTest() {
    return open.stream()
        .filter(it -> !it.onOwnThread)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** All that is open now. */
  synchronized Set<Object> all() {
    return new LinkedHashSet<>(open);
  }

  /** The failure of a test that has left these open, each of which is said once. */
  synchronized Optional<AssertionError> failure(Set<Object> left) {
    open.removeAll(left);
    if (left.isEmpty()) {
      return Optional.empty();
    }
    AssertionError failure =
        new AssertionError(
            left.stream()
                .map(Object::toString)
                .collect(Collectors.joining("\n  ", "left open:\n  ", "")));
    for (Object each : left) {
      if (each instanceof Opened opened) {
        AssertionError place = new AssertionError(opened.what + " was opened here");
        place.setStackTrace(opened.stack.toArray(StackTraceElement[]::new));
        failure.addSuppressed(place);
      }
    }
    return Optional.of(failure);
  }

  /** From the code that has called the library on. */
  private static List<StackTraceElement> ofCallers(Stream<StackFrame> frames) {
    return frames
        .dropWhile(frame -> isLibrary(frame.getDeclaringClass()))
        .limit(MOST_FRAMES)
        .map(StackFrame::toStackTraceElement)
        .toList();
  }

  /** What is packed with this class, and what the platform calls in between. */
  private static boolean isLibrary(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null
        || source.getLocation() == null
        || source.equals(LeftOpen.class.getProtectionDomain().getCodeSource());
  }
}
