package dev.gateline.jwt;

import dev.gateline.Activity;
import dev.gateline.Credential;
import dev.gateline.engine.IssuedTicket;
import dev.gateline.engine.Reporter;
import dev.gateline.store.LoginRow;
import java.time.Clock;
import java.time.Duration;

/**
 * Makes access tokens for one login as {@link JwtAuthenticator} does, each with new times and a new id. No refresh token
 * is proved, and no token is remembered. It is in this package because hosts have no such call.
 */
public final class KnownLogin {
    private final AccessTokens tokens;
    private final KeyRing ring;
    private final IssuedTicket issue;
    private final Clock clock = Clock.systemUTC();

    private KnownLogin(AccessTokens tokens, KeyRing ring, IssuedTicket issue) {
        this.tokens = tokens;
        this.ring = ring;
        this.issue = issue;
    }

    /** Of a row in a store. */
    public static KnownLogin of(KeyRing ring, String issuer, String audience, Duration lifetime, LoginRow row) {
        JwtVerifier verifier = JwtVerifier.builder(ring)
                .issuer(issuer)
                .audience(audience)
                .tokensLiveUntilTheyExpire()
                .build();
        Reporter reporter = new Reporter(Clock.systemUTC(), event -> {});
        AccessTokens tokens = new AccessTokens(audience, ring, TokenExpiry.ofIssued(lifetime), verifier, reporter);
        return new KnownLogin(tokens, ring, new IssuedTicket(row, Credential.of("")));
    }

    /** A new token. */
    public String token() {
        return tokens.text(tokens.content(issue, Activity.USER, clock.instant()), ring.active());
    }
}
