/**
 * Real servers for tests, started from what Maven artifacts carry: {@link dev.gateline.servers.RedisServer} and {@link
 * dev.gateline.servers.PostgresServer}. {@link dev.gateline.servers.Wire} is the cable to one, which can be cut.
 */
@NullMarked
package dev.gateline.servers;

import org.jspecify.annotations.NullMarked;
