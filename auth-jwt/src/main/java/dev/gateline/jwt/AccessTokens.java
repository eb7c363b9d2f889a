package dev.gateline.jwt;

import dev.gateline.Activity;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.GrantCheck;
import dev.gateline.GrantTooLargeException;
import dev.gateline.engine.IssuedTicket;
import dev.gateline.engine.Reporter;
import dev.gateline.internal.Secrets;
import dev.gateline.store.LoginRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

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
        Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = expiry.expiresAt(issuedAt, row.expiresAt());
        Map<String, Object> claims = claims(issue, issuedAt, expiresAt);
        if (activity == Activity.BACKGROUND) {
            claims.put(TokenClaims.BACKGROUND, true);
        }
        Grant grant = new Grant(
                row.id(),
                sign(claims),
                expiresAt,
                issue.ticket(),
                row.expiresAt(),
                row.state().endsAt(),
                row.state().remembered());
        check.check(grant);
        return grant;
    }

    private Map<String, Object> claims(IssuedTicket issue, Instant issuedAt, Instant expiresAt) {
        LoginRow row = issue.row();
        Map<String, Object> claims = new LinkedHashMap<>(row.state().claims().asMap());
        claims.put("iss", verifier.issuer());
        claims.put("sub", row.subject());
        claims.put("aud", audience);
        claims.put("iat", issuedAt.getEpochSecond());
        claims.put("exp", expiresAt.getEpochSecond());
        claims.put("jti", Secrets.id());
        claims.put("sid", row.id().value());
        claims.put("auth_time", Math.min(row.state().authenticatedAt().getEpochSecond(), issuedAt.getEpochSecond()));
        claims.put("amr", row.state().methods());
        claims.put("sub_epoch", row.state().epoch());
        claims.put("sid_gen", issue.generation());
        if (issue.stepUps() > 0) {
            claims.put("sid_step", issue.stepUps());
        }
        return claims;
    }

    /** Signs a token. The key may be out of reach, as any store. Nothing has been written before. */
    private Credential sign(Map<String, Object> claims) {
        return reporter.orUnavailable("sign a token", () -> signed(claims));
    }

    private Credential signed(Map<String, Object> claims) {
        SigningKey key = keys.active();
        String text = key.compact(TokenKind.ACCESS_TOKEN, StrictJson.write(claims));
        if (text.length() > Credential.MAX_LENGTH) {
            throw new GrantTooLargeException("the access token, in characters", text.length(), Credential.MAX_LENGTH);
        }
        Credential token = Credential.of(text);
        verifier.keepIssued(token, key.verification());
        return token;
    }
}
