package dev.daybook.internal.signals;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often something may have been deleted since it was read: by this process, which counts before
 * a delete returns, or by another, whose commits are noticed by polling. Code that delivers what
 * was read a while ago checks it again if the count has changed since before the read.
 */
public final class Deletions {

  private final AtomicLong count = new AtomicLong();

  /** Asked before something is read, it says later whether that may have been deleted. */
  public long count() {
    return count.get();
  }

  /** Something was deleted, or may have been. */
  public void happened() {
    count.incrementAndGet();
  }
}
