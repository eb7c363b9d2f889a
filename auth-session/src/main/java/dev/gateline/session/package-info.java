/**
 * Logins as server-side sessions, held by an opaque id. Start with {@link dev.gateline.session.SessionAuthenticator};
 * then read {@link dev.gateline.engine.Tickets}, which it uses.
 */
@NullMarked
package dev.gateline.session;

import org.jspecify.annotations.NullMarked;
