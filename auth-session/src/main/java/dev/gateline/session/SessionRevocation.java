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
 * How sessions end before their time, and who learns of it. The row goes, and a revocation stays until the row can't
 * come back.
 */
record SessionRevocation(Tickets tickets) {

    Outcome<LoginId> logout(Credential credential, Instant now) {
        return tickets.logout(credential, now);
    }

    /** The session that ends as a login starts: the one that the login's client proves to have. */
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
