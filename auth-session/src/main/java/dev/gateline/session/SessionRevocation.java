package dev.gateline.session;

import dev.gateline.Credential;
import dev.gateline.Ending;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.Requirement;
import dev.gateline.Verifier.Listening;
import dev.gateline.engine.OwnedLogin;
import dev.gateline.engine.Tickets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Ends sessions before their time, and reports it. The row is deleted, and a revocation stays until the row can't come
 * back. Thread-safe.
 */
record SessionRevocation(Tickets tickets) {

    Outcome<LoginId> logout(Credential credential, Instant now) {
        return tickets.logout(credential, now);
    }

    /** The session that ends when a login starts, which the credential of the login's client proves. */
    Optional<OwnedLogin> replaced(Login login) {
        return login.replaces().flatMap(ticket -> tickets.owned(ticket).toOptional());
    }

    Outcome<Identity> recheck(Identity identity, Requirement requirement, Instant now) {
        return tickets.recheck(identity, requirement, now);
    }

    Listening onEnded(Consumer<Ending> listener) {
        return tickets.onEnded(listener);
    }

    Logins logins() {
        return tickets.logins();
    }
}
