/**
 * How an event of an application's class becomes a type name, a schema version and bytes, and comes
 * back from an older version. {@code append} and the journal itself use it; it runs no SQL. Begin
 * with {@link EventCodec}; {@link TypedEventCodec} is the one for {@code EventTypes}.
 */
@NullMarked
package dev.daybook.journal.internal.types;

import org.jspecify.annotations.NullMarked;
