/**
 * Logins, revocations and keys in an SQL database. Start with {@link dev.gateline.jdbc.JdbcStorage}; then read {@link
 * dev.gateline.store.SharedStorage}, which it implements.
 */
@NullMarked
package dev.gateline.jdbc;

import org.jspecify.annotations.NullMarked;
