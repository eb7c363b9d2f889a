package dev.gateline.jwt;

import dev.gateline.Authenticator;
import dev.gateline.LoginSettings;
import dev.gateline.engine.LoginTimeouts;
import dev.gateline.engine.Reporter;
import dev.gateline.engine.TicketPolicy;
import dev.gateline.engine.Tickets;
import dev.gateline.internal.Rules;
import dev.gateline.store.Storage;
import java.time.Duration;

/** Wires a {@link JwtAuthenticator}. Not thread-safe. */
public final class JwtAuthenticatorBuilder extends LoginSettings<JwtAuthenticatorBuilder> {
    private final Storage storage;
    private final KeyRing keys;
    private String issuer = "";
    private String audience = "";
    private Duration accessLifetime = Duration.ofMinutes(5);
    private Duration retriedFor = TicketPolicy.AS_LONG_AS_A_LOGIN;

    JwtAuthenticatorBuilder(Storage storage, KeyRing keys) {
        this.storage = storage;
        this.keys = keys;
    }

    @Override
    protected JwtAuthenticatorBuilder self() {
        return this;
    }

    /**
     * Names this service as the issuer of its tokens. Required.
     *
     * @param name {@code iss} of the tokens, usually an https URL, 1 to 255 characters
     */
    public JwtAuthenticatorBuilder issuer(String name) {
        issuer = name;
        return this;
    }

    /**
     * Names the service for which the tokens are. Required; it may be this service.
     *
     * @param name {@code aud} of the tokens, 1 to 255 characters
     */
    public JwtAuthenticatorBuilder audience(String name) {
        audience = name;
        return this;
    }

    /**
     * Sets how long an access token lives.
     *
     * @param lifetime 1 s to 24 h, in whole seconds; default 5 min
     */
    public JwtAuthenticatorBuilder accessLifetime(Duration lifetime) {
        accessLifetime = lifetime;
        return this;
    }

    /**
     * Sets the longest time without a use. {@link Authenticator#renew} and {@link Authenticator#refresh} count as uses,
     * and single requests don't. A login may therefore end early, by up to an access lifetime, and never late.
     *
     * @param timeout longer than the access lifetime, at most the absolute timeout; default 30 min, or the absolute
     *     timeout if that is shorter
     */
    @Override
    public JwtAuthenticatorBuilder idleTimeout(Duration timeout) {
        return super.idleTimeout(timeout);
    }

    /**
     * Sets how long a traded refresh token still leads to its successor after the successor was used, for tabs that
     * race. Before that use, it leads to its successor for as long as the login lives, for responses that are lost. A
     * use more than a minute after the grace counts as theft and ends the login; the minute is for clocks that differ.
     * The successor counts as used when it is presented itself, or when an access token that came with it is accepted
     * at the node that is asked.
     *
     * @param span 1 s to 1 min, at most the access lifetime; default 10 s
     */
    @Override
    public JwtAuthenticatorBuilder grace(Duration span) {
        return super.grace(span);
    }

    /**
     * Sets how long a traded refresh token leads to its successor at most, before the successor was used. By default a
     * client that never got its answer may come back for as long as the login lives. If access tokens are shown to
     * other services only, a thief who presents each token soon after its owner is then not noticed. With a bound below
     * the time between two renewals, the owner or the thief comes too late: a token is refused after the span, and a
     * minute later its use counts as theft. The price: a client that lost an answer and was away for longer than the
     * span has to log in again.
     *
     * @param span at least the grace; default: without a bound
     */
    public JwtAuthenticatorBuilder lostAnswersRetriedFor(Duration span) {
        retriedFor = span;
        return this;
    }

    /**
     * Builds the authenticator.
     *
     * @throws IllegalArgumentException if a setting breaks a rule; the message names the rule and the value
     */
    public JwtAuthenticator build() {
        TokenExpiry expiry = TokenExpiry.ofIssued(accessLifetime);
        Rules.require(
                keys.tokensLiveFor().compareTo(accessLifetime) >= 0,
                "the key ring's tokens live for: at least the access lifetime, " + accessLifetime + ", was "
                        + keys.tokensLiveFor());
        Reporter reporter = new Reporter(clock(), listener());
        Tickets refreshTokens = refreshTokens().in(storage, renewals(), clock(), reporter);
        JwtVerifier verifier = verifier(refreshTokens);
        AccessTokens accessTokens = new AccessTokens(audience, keys, expiry, verifier, reporter);
        return new JwtAuthenticator(verifier, accessTokens, refreshTokens, clock(), reporter);
    }

    private RefreshTokens refreshTokens() {
        LoginTimeouts timeouts = new LoginTimeouts(usualTimeouts(), rememberedTimeouts(), shortened());
        return new RefreshTokens(TicketPolicy.builder(RefreshTokens.PREFIX, timeouts, limit())
                .realm(RefreshTokens.realm(issuer, audience))
                .grace(grace())
                .retriedFor(retriedFor)
                .signedFor(accessLifetime)
                .build());
    }

    /**
     * Builds the verifier. It notes the first use of an access token, whose holder also has the refresh token that came
     * with it.
     */
    private JwtVerifier verifier(Tickets refreshTokens) {
        return JwtVerifier.builder(keys)
                .issuer(issuer)
                .audience(audience)
                .revocations(storage.revocations())
                .maxLifetime(accessLifetime)
                .firstUse((token, now) ->
                        refreshTokens.usedBeside(token.identity().loginId(), token.generation(), now))
                .clock(clock())
                .listener(listener())
                .build();
    }
}
