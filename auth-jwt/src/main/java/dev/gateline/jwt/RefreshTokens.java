package dev.gateline.jwt;

import dev.gateline.Credential;
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
 * The refresh tokens of one issuer and audience. They are tickets, and each renewal trades one for its successor.
 * Immutable.
 *
 * @param policy the settings of the tickets; an access token lives for less than each idle timeout, and for at least
 *     the grace
 */
record RefreshTokens(TicketPolicy policy) {
    static final String PREFIX = "gr_";

    RefreshTokens {
        Duration accessLifetime = policy.signedFor();
        LoginTimeouts timeouts = policy.timeouts();
        for (Timeouts each : List.of(timeouts.usual(), timeouts.remembered())) {
            Rules.within("idle timeout", each.idle(), accessLifetime.plusSeconds(1), each.absolute());
        }
        Rules.within("grace", policy.grace(), Duration.ofSeconds(1), accessLifetime);
    }

    /**
     * The realm of the logins of one issuer and audience, so that a ticket for one audience is unknown to another one
     * in the same storage.
     */
    static String realm(String issuer, String audience) {
        return PREFIX + Sha256.base64url(issuer + '\n' + audience).substring(0, 22);
    }

    /** Whether a credential has the form of a refresh token. */
    static boolean isOne(Credential credential) {
        return credential.reveal().startsWith(PREFIX);
    }

    /** The tokens of this policy in a storage, which keeps their digests. */
    Tickets in(Storage storage, RenewalPolicy renewals, Clock clock, Reporter reporter) {
        return new Tickets(policy, storage, renewals, clock, reporter);
    }
}
