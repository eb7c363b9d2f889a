package dev.gateline.jwt;

import dev.gateline.Activity;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.GrantCheck;
import dev.gateline.GrantTooLargeException;
import dev.gateline.Identity;
import dev.gateline.engine.IssuedTicket;
import dev.gateline.engine.Reporter;
import dev.gateline.internal.Secrets;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import dev.gateline.store.Revocable;
import java.time.Instant;

/** Issues access tokens (RFC 9068), each with the refresh token of its login. Thread-safe. */
final class AccessTokens {
    private final String audience;
    private final KeyRing keys;
    private final TokenExpiry expiry;
    private final JwtVerifier verifier;
    private final Reporter reporter;

    /**
     * Creates the tokens of the verifier's issuer for one audience.
     *
     * @param keys the keys that sign the tokens
     * @param verifier the verifier that accepts the tokens, and keeps each as verified
     */
    AccessTokens(String audience, KeyRing keys, TokenExpiry expiry, JwtVerifier verifier, Reporter reporter) {
        this.audience = audience;
        this.keys = keys;
        this.expiry = expiry;
        this.verifier = verifier;
        this.reporter = reporter;
    }

    /**
     * A token for a login, with the refresh token that was issued for it.
     *
     * @param activity whether the user or a program has caused the grant
     * @param check may refuse the grant; nothing has been written by then
     */
    Grant grant(IssuedTicket issue, Activity activity, GrantCheck check, Instant now) {
        LoginRow row = issue.row();
        TokenContent content = content(issue, activity, now);
        Grant grant = new Grant(
                row.id(),
                sign(content),
                content.identity().expiresAt(),
                issue.ticket(),
                row.expiresAt(),
                row.state().endsAt(),
                row.state().remembered());
        check.check(grant);
        return grant;
    }

    /** The content of a new token for a login. */
    TokenContent content(IssuedTicket issue, Activity activity, Instant now) {
        LoginRow row = issue.row();
        LoginState state = row.state();
        Instant issuedAt = Instant.ofEpochSecond(now.getEpochSecond());
        Instant provedAt = Instant.ofEpochSecond(state.authenticatedAt().getEpochSecond());
        Identity identity = new Identity(
                row.subject(),
                row.id(),
                provedAt.isBefore(issuedAt) ? provedAt : issuedAt,
                issuedAt,
                expiry.expiresAt(issuedAt, row.expiresAt()),
                state.methods(),
                state.claims(),
                row.realm(),
                state.epoch(),
                issue.stepUps(),
                verifier.issuer());
        return new TokenContent(
                identity,
                Secrets.id(),
                Revocable.tokensKey(row.id(), issue.stepUps()),
                row.subject(),
                issuedAt,
                state.epoch(),
                issue.generation(),
                activity == Activity.BACKGROUND);
    }

    /** Signs a token. The key may be out of reach, as any store. Nothing has been written before. */
    private Credential sign(TokenContent content) {
        return reporter.orUnavailable("sign a token", () -> signed(content));
    }

    private Credential signed(TokenContent content) {
        SigningKey key = keys.active();
        Credential token = Credential.of(text(content, key));
        verifier.keepIssued(token, key.verification(), content);
        return token;
    }

    /** The text of a token, which nobody has been told of. */
    String text(TokenContent content, SigningKey key) {
        String text = key.compact(new IssuedClaims(content, audience).json());
        if (text.length() > Credential.MAX_LENGTH) {
            throw new GrantTooLargeException("the access token, in characters", text.length(), Credential.MAX_LENGTH);
        }
        return text;
    }
}
