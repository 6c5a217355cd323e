package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/**
 * A read was sent to a standby, by a proxy or an address that leads there. It may be behind what
 * was committed, so nothing was read. The same call can be repeated once it leads to the primary.
 */
public final class StandbyException extends TransientException {

  private static final long serialVersionUID = 1L;

  public StandbyException(@Nullable Throwable cause) {
    super(
        "the server that was asked is a standby, which may be behind what was committed; expected the primary (targetServerType=primary in the URL, and no load balancing of reads whose functions are said not to write)",
        cause);
  }
}
