package dev.gateline.jwt;

import dev.gateline.Credential;
import dev.gateline.LoginLimit;
import dev.gateline.RenewalPolicy;
import dev.gateline.Timeouts;
import dev.gateline.engine.LoginTimeouts;
import dev.gateline.engine.Reporter;
import dev.gateline.engine.TicketPolicy;
import dev.gateline.engine.Tickets;
import dev.gateline.internal.Rules;
import dev.gateline.internal.Sha256;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The policy of refresh tokens, which are tickets: each renewal trades one for its successor. Immutable.
 *
 * @param realm sets the logins of one issuer and audience apart from others in the same storage
 * @param timeouts of a login; the idle ones are longer than an access token lives
 * @param limit how many logins a subject may have
 * @param grace how long a traded token leads to its successor once that was used; at most the access lifetime
 * @param retriedFor how long a traded token leads to its successor while that was not seen in use
 * @param accessLifetime how long an access token lives that comes with a refresh token
 */
record RefreshTokens(
        String realm,
        LoginTimeouts timeouts,
        LoginLimit limit,
        Duration grace,
        Duration retriedFor,
        Duration accessLifetime) {
    static final String PREFIX = "gr_";

    RefreshTokens {
        for (Timeouts each : List.of(timeouts.usual(), timeouts.remembered())) {
            Rules.within("idle timeout", each.idle(), accessLifetime.plusSeconds(1), each.absolute());
        }
        Rules.within("grace", grace, Duration.ofSeconds(1), accessLifetime);
    }

    /** A token or a ticket for one audience is none for another, also where both are kept in one storage. */
    static String realm(String issuer, String audience) {
        return PREFIX + Sha256.base64url(issuer + '\n' + audience).substring(0, 22);
    }

    /** Whether a credential has the form of a refresh token. */
    static boolean isOne(Credential credential) {
        return credential.reveal().startsWith(PREFIX);
    }

    /** The tokens of this policy that are kept in a storage, as digests. */
    Tickets in(Storage storage, RenewalPolicy renewals, Clock clock, Reporter reporter) {
        TicketPolicy policy =
                new TicketPolicy(PREFIX, realm, timeouts, limit, grace, retriedFor, Duration.ZERO, accessLifetime);
        return new Tickets(policy, storage, renewals, clock, reporter);
    }
}
