package dev.daybook.subscription.internal;

/** The lease is somebody else's by now, or was taken away by a reset. Nothing was saved. */
final class LeaseLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LeaseLostException(Lease lease) {
    super("the lease on \"%s\" with fence %d is lost".formatted(lease.name(), lease.fence()));
  }
}
