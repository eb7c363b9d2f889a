package dev.gateline.session;

import dev.gateline.Activity;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.GrantCheck;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Requirement;
import dev.gateline.engine.IssuedTicket;
import dev.gateline.engine.OwnedLogin;
import dev.gateline.engine.Tickets;
import dev.gateline.store.LoginRow;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Starts, uses and renews sessions in their storage. The id of a session is a ticket, and is both the access and the
 * renewal credential. The row has the user's claims and the host's data. Thread-safe.
 */
record Sessions(Tickets tickets, AttributeCodec codec, int maxDataSize, Clock clock) {
    static final String PREFIX = "gs_";

    Grant start(Login login, Optional<OwnedLogin> replaced, GrantCheck check, Instant now) {
        return tickets.start(login, replaced, now, issue -> grant(issue, check));
    }

    Outcome<Identity> use(Credential id, Requirement requirement, Activity activity, Instant now) {
        return tickets.use(id, requirement, activity, now);
    }

    Optional<Identity> tryUse(Credential id, Activity activity, Instant now) {
        return tickets.tryUse(id, activity, now);
    }

    Outcome<Grant> renew(Credential id, GrantCheck check, Instant now) {
        return tickets.renew(id, now, issue -> grant(issue, check));
    }

    Outcome<Grant> refresh(Credential id, Activity activity, GrantCheck check, Instant now) {
        return tickets.refresh(id, activity, now, issue -> grant(issue, check));
    }

    Outcome<Grant> reauthenticate(Credential id, Login again, GrantCheck check, Instant now) {
        return tickets.reauthenticate(id, again, now, issue -> grant(issue, check));
    }

    private static Grant grant(IssuedTicket issue, GrantCheck check) {
        LoginRow row = issue.row();
        Grant grant = new Grant(
                row.id(),
                issue.ticket(),
                row.expiresAt(),
                issue.ticket(),
                row.expiresAt(),
                row.state().endsAt(),
                row.state().remembered());
        check.check(grant);
        return grant;
    }

    /** The data of the session of an identity. An identity of another issuer has no data here. */
    SessionData data(Identity identity) {
        return data(Optional.of(identity.loginId()).filter(id -> tickets.isOurs(identity)));
    }

    SessionData data(Optional<LoginId> id) {
        return new SessionData(tickets, id, codec, maxDataSize, clock);
    }

    /** Writes the last uses of sessions that are not written yet. */
    void close() {
        tickets.close();
    }
}
