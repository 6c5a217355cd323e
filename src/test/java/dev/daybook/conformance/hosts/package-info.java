/**
 * What a Daybook must do in the transactions of every host: suites that are run once for each host
 * and each kind of database that an application can share with Daybook. A {@link
 * dev.daybook.conformance.hosts.HostFixture} is an application as its users would write it. What
 * one host alone has is in a suite of its own, and so are the failed commits of an application that
 * lets Daybook join its connections.
 */
@NullMarked
package dev.daybook.conformance.hosts;

import org.jspecify.annotations.NullMarked;
