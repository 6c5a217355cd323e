package dev.daybook.internal.database;

/** Waiting for threads of one's own to end. */
final class Joining {

  private Joining() {}

  /** Waits until a thread has ended, and leaves an interrupt for later. */
  static void fully(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
