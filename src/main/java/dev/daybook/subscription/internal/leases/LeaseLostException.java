package dev.daybook.subscription.internal.leases;

import dev.daybook.subscription.internal.store.Lease;

/**
 * The lease is somebody else's by now, was taken away by a reset, or the checkpoint is not where
 * its holder thinks. Nothing was saved; the checkpoint's row knows where to go on.
 */
public final class LeaseLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LeaseLostException(Lease lease) {
    super("the lease on \"%s\" with fence %s is void".formatted(lease.name(), lease.fence()));
  }
}
