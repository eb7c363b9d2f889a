/**
 * The life of a login, which both strategies share. {@link dev.gateline.engine.Tickets} starts, proves, renews and ends
 * logins. The package is for the strategies only.
 */
@NullMarked
package dev.gateline.engine;

import org.jspecify.annotations.NullMarked;
