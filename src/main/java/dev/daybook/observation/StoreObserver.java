package dev.daybook.observation;

/**
 * Sees what a Daybook does. Attached by {@link dev.daybook.DaybookBuilder#observe} before it is
 * opened, or by {@link dev.daybook.Daybook#observe} at any time.
 *
 * <p>Called on the threads that do the work, on several at once, while nothing is locked: not the
 * writer, and no transaction but a caller's own and that of an exactly-once handler. It must return
 * soon: the work waits for it. What it throws affects nothing; the first failure is logged with its
 * stack trace. It must not use the Daybook that it observes, nor interrupt the thread.
 *
 * <p>What begins and ends has two calls: a method of this, and the {@link Ending} that it returns.
 * Both are made on the same thread, except for {@link ReadKind#CURSOR}. Of several observers the
 * one that was attached first is called first at the beginning, and last at the end.
 *
 * <p>An observer implements what it needs: each method does nothing by default.
 */
public interface StoreObserver {

  /**
   * An append begins: a call of {@code append}, {@code appendOnce} or {@code appendAll} of a
   * journal that has events. The events are not encoded yet. Bulk loads, copies and streams that
   * are moved are not among them.
   *
   * @return called when the call returns or throws
   */
  default Ending<AppendEnd> appending(AppendCall call) {
    return Ending.none();
  }

  /**
   * A transaction with appends has been committed, and others may write. One that is rolled back,
   * or of which that is not known, is not among them. Bulk loads are.
   */
  default void committed(CommittedAppends appends) {}

  /**
   * A read of events begins.
   *
   * @return called when the events are there, or a cursor is closed
   */
  default Ending<CallEnd> reading(ReadKind kind) {
    return Ending.none();
  }

  /**
   * A handler of a subscription is about to be called, on this thread.
   *
   * @return called when it has returned or thrown
   */
  default Ending<CallEnd> handling(HandlerCall call) {
    return Ending.none();
  }

  /** A subscription that was started here has changed. */
  default void subscriptionChanged(String subscription, SubscriptionChange change) {}

  /** A subscription that runs here has given up an event, and that is committed. */
  default void givenUp(String subscription, GivenUp how) {}

  /** A snapshot was saved or looked for. */
  default void snapshot(SnapshotOutcome outcome) {}
}
