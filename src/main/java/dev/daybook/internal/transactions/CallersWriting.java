package dev.daybook.internal.transactions;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that have written in a caller's transaction which is still open, where one
 * transaction writes at a time: a write of such a thread outside of it would wait for itself.
 */
public final class CallersWriting {

  private static final String OUTSIDE =
      "this thread has written in a transaction to which this Daybook is bound, and which is still open, so no other write can begin; use within(transaction) here too, or write after its end";

  private static final String ANOTHER =
      "this thread has written in another transaction of this database, which is still open, and SQLite lets one transaction write at a time; expected the write in that one, or after its end";

  private final Map<Thread, Writer> writers = new ConcurrentHashMap<>();

  /**
   * Makes sure that this thread is not one of them.
   *
   * @throws IllegalStateException if it is
   */
  public void requireOutside() {
    requireNoOther(null, OUTSIDE);
  }

  /**
   * One transaction that may write.
   *
   * @param isOpen asked before another is refused, in case it was not said that this one has ended
   */
  Writer writer(BooleanSupplier isOpen) {
    return new Writer(isOpen);
  }

  private void requireNoOther(@Nullable Writer own, String refusal) {
    Writer writer = writers.get(Thread.currentThread());
    if (writer != null && writer != own) {
      if (writer.isOpen.getAsBoolean()) {
        throw new IllegalStateException(refusal);
      }
      writer.ended();
    }
  }

  /** A transaction that may have the database's only right to write. */
  final class Writer implements WriteGuard {

    private final BooleanSupplier isOpen;
    private @Nullable Thread thread;

    private Writer(BooleanSupplier isOpen) {
      this.isOpen = isOpen;
    }

    @Override
    public void requireWritable() {
      requireNoOther(this, ANOTHER);
    }

    @Override
    public void writes() {
      if (thread == null) {
        thread = Thread.currentThread();
        writers.put(thread, this);
      }
    }

    /** Says that it has ended, on whichever thread. */
    void ended() {
      if (thread != null) {
        writers.remove(thread, this);
      }
    }
  }
}
