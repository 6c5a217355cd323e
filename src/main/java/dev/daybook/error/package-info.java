/**
 * The exceptions that more than one feature throws, and {@link dev.daybook.error.DaybookException},
 * which all extend. An exception that one feature alone throws is in the package of that feature.
 * All are unchecked.
 *
 * <p>What to do with each. <i>Retry</i>: repeat the call as it is. <i>Reload</i>: read again,
 * decide again. <i>Fix the input</i>: the program or its user gave something that is not accepted.
 * <i>Operator</i>: a person has to check the database, its server or its settings.
 *
 * <table>
 * <caption>Exceptions and what to do</caption>
 * <tr><th>Exception</th><th>Was anything written?</th><th>What to do</th></tr>
 * <tr><td>{@link dev.daybook.error.DatabaseBusyException},
 *     {@link dev.daybook.error.TransactionConflictException},
 *     {@link dev.daybook.error.StandbyException}: each a
 *     {@link dev.daybook.error.TransientException}</td>
 *     <td>no</td><td>retry, after a pause</td></tr>
 * <tr><td>{@link dev.daybook.error.DeadlineException}: a
 *     {@link dev.daybook.error.TransientException}</td>
 *     <td>no</td><td>retry if there is time; or give the call longer</td></tr>
 * <tr><td>{@link dev.daybook.error.WaitInterruptedException}</td>
 *     <td>no</td><td>end, as the interrupt asks; or clear it and retry</td></tr>
 * <tr><td>{@link dev.daybook.error.ConnectionLostException},
 *     {@link dev.daybook.error.OutcomeUnknownException}</td>
 *     <td>not known</td><td>retry an append that has an expected sequence number or an idempotency
 *     key; reload before any other write is repeated</td></tr>
 * <tr><td>{@link dev.daybook.journal.ConflictException}</td>
 *     <td>no</td><td>reload</td></tr>
 * <tr><td>{@link dev.daybook.journal.StaleLoadException},
 *     {@link dev.daybook.checkpoint.CheckpointRewindException}</td>
 *     <td>no</td><td>end: another process does the same work and is further</td></tr>
 * <tr><td>{@link dev.daybook.error.InvalidInputException},
 *     {@link dev.daybook.error.EventEncodeException},
 *     {@link dev.daybook.snapshot.SnapshotEncodeException},
 *     {@link dev.daybook.document.DocumentException},
 *     {@link dev.daybook.journal.HighWaterMarkException},
 *     {@link dev.daybook.stream.UnknownStreamException}</td>
 *     <td>no</td><td>fix the input</td></tr>
 * <tr><td>{@link dev.daybook.journal.StreamArchivedException},
 *     {@link dev.daybook.journal.StreamTombstonedException},
 *     {@link dev.daybook.journal.StreamDeletedException}: each a
 *     {@link dev.daybook.journal.StreamStateException}</td>
 *     <td>no</td><td>use another stream, or restore this one; a deleted one can't be
 *     restored</td></tr>
 * <tr><td>{@link dev.daybook.stream.StreamMoveException},
 *     {@link dev.daybook.transfer.TransferException},
 *     {@link dev.daybook.maintenance.MaintenanceException}</td>
 *     <td>no event is lost</td><td>do what the message says, then call again: it continues where it was</td></tr>
 * <tr><td>{@link dev.daybook.error.ClosedException},
 *     {@link dev.daybook.error.ForeignTransactionException}</td>
 *     <td>no</td><td>correct the program: it uses a Daybook after its close, or a connection inside a transaction that Daybook did not begin</td></tr>
 * <tr><td>{@link dev.daybook.codec.CodecException}</td>
 *     <td>no</td><td>add the library that the message names</td></tr>
 * <tr><td>{@link dev.daybook.error.EventDecodeException}</td>
 *     <td>a read</td><td>deploy the class, the upcaster or the codec that is missing; {@code
 *     journal.raw()} still reads the event</td></tr>
 * <tr><td>{@link dev.daybook.payload.PayloadException}</td>
 *     <td>no, or a read</td><td>operator: give the key that the message names; else it is
 *     damage</td></tr>
 * <tr><td>{@link dev.daybook.recovery.RecoveryGapException}</td>
 *     <td>a read</td><td>operator: restore a snapshot or the deleted events from a
 *     backup</td></tr>
 * <tr><td>{@link dev.daybook.error.JournalRolledBackException},
 *     {@link dev.daybook.subscription.SubscriptionStoppedException}</td>
 *     <td>no</td><td>operator: read the reason, correct what it names, start the subscription again</td></tr>
 * <tr><td>{@link dev.daybook.error.OpenException}</td>
 *     <td>no</td><td>operator: its {@link dev.daybook.error.OpenException.Reason} says what is
 *     wrong; the next use opens again</td></tr>
 * <tr><td>{@link dev.daybook.error.ReadOnlyException}</td>
 *     <td>no</td><td>operator: rights of the file, the role or the server</td></tr>
 * <tr><td>{@link dev.daybook.error.DatabaseMovedException}</td>
 *     <td>not in the file that is there now</td><td>operator: find out who replaced the file; close
 *     this Daybook and open another</td></tr>
 * <tr><td>{@link dev.daybook.error.DamagedRowException},
 *     {@link dev.daybook.document.DocumentDecodeException}</td>
 *     <td>no, or a read</td><td>operator: {@code daybook verify} says what else is damaged; restore
 *     a backup</td></tr>
 * <tr><td>{@link dev.daybook.error.DatabaseException}</td>
 *     <td>no</td><td>operator: the cause has the database's message</td></tr>
 * </table>
 *
 * <p>The library may add exceptions that extend {@link dev.daybook.error.DaybookException} in a
 * minor version. So catch the exceptions that you handle, and {@code DaybookException} last.
 */
@NullMarked
package dev.daybook.error;

import org.jspecify.annotations.NullMarked;
