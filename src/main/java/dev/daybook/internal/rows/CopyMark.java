package dev.daybook.internal.rows;

import static dev.daybook.internal.jooq.Tables.CHECKPOINTS;
import static org.jooq.impl.DSL.inline;

import org.jooq.Condition;

/**
 * The checkpoint of a copy, in the store that it copies to: up to which position the source's
 * events have been copied. It has the empty name, which no consumer can have, and no other code
 * uses it.
 */
public final class CopyMark {

  /** The name of the checkpoint. */
  public static final String CONSUMER = "";

  private CopyMark() {}

  /** That a checkpoint is a consumer's. */
  public static Condition isNone() {
    return CHECKPOINTS.CONSUMER.gt(inline(CONSUMER));
  }
}
