package dev.daybook.subscription.internal;

/**
 * The lease is somebody else's by now, was taken away by a reset, or the checkpoint is not where
 * its holder thinks. Nothing was saved; the checkpoint's row knows where to go on.
 */
final class LeaseLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LeaseLostException(Lease lease) {
    super("the lease on \"%s\" with fence %s is void".formatted(lease.name(), lease.fence()));
  }
}
