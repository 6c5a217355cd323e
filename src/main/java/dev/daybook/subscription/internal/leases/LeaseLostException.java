package dev.daybook.subscription.internal.leases;

import dev.daybook.subscription.internal.store.Lease;

/**
 * Another process has the lease by now, a reset took it away, or the checkpoint is not where its
 * holder expects. Nothing was saved; the next holder continues from the checkpoint's row.
 */
public final class LeaseLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LeaseLostException(Lease lease) {
    super("the lease on \"%s\" with fence %s is void".formatted(lease.name(), lease.fence()));
  }
}
