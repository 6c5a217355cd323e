package dev.daybook.internal.sql;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A repository's statements, made at the first use: then the database is open, and its dialect
 * known. Safe for several threads.
 */
public final class RenderedOnce<S> {

  private final Supplier<DSLContext> renderer;
  private final Function<DSLContext, S> statements;
  private volatile @Nullable S rendered;

  public RenderedOnce(Supplier<DSLContext> renderer, Function<DSLContext, S> statements) {
    this.renderer = renderer;
    this.statements = statements;
  }

  public S get() {
    S ready = rendered;
    return ready != null ? ready : render();
  }

  /** Once indeed, so that each statement is rendered once. */
  private synchronized S render() {
    S ready = rendered;
    if (ready == null) {
      ready = statements.apply(renderer.get());
      rendered = ready;
    }
    return ready;
  }
}
