package dev.gateline.jwt;

import dev.gateline.Claims;
import dev.gateline.GrantTooLargeException;
import dev.gateline.Identity;
import java.io.IOException;
import java.time.Instant;

/**
 * The claims of a token that is issued here (RFC 9068 section 2.2). They are written from the same content that the
 * verifier remembers, so a token need not be read back. Immutable.
 *
 * @param content the content that a reader of the token finds in it
 * @param audience the {@code aud}
 */
record IssuedClaims(TokenContent content, String audience) {
    /** The most members that are not the host's. */
    private static final int OWN_MEMBERS = 13;

    /**
     * Checks the rules that a reader has beyond those of a login.
     *
     * @throws IllegalStateException if a reader would not accept the token, which must not be handed out then
     * @throws GrantTooLargeException if it has more members than a reader takes
     */
    IssuedClaims {
        Identity identity = content.identity();
        Instant issuedAt = identity.issuedAt();
        require(identity.expiresAt().isAfter(issuedAt), "exp: must be after iat");
        require(TypedClaims.isDate(issuedAt) && TypedClaims.isDate(identity.expiresAt()), "exp and iat: no dates");
        require(TypedClaims.isDate(identity.authenticatedAt()), "auth_time: no date");
        require(TypedClaims.isText(content.subject()), "sub: " + TypedClaims.TEXT);
        for (String name : identity.claims().asMap().keySet()) {
            require(!Claims.RESERVED.contains(name), "a claim of the host has a reserved name");
        }
        int members = identity.claims().asMap().size() + OWN_MEMBERS;
        if (members > Claims.MAX_MEMBERS) {
            throw new GrantTooLargeException("the access token, in members", members, Claims.MAX_MEMBERS);
        }
    }

    private static void require(boolean ok, String rule) {
        if (!ok) {
            throw new IllegalStateException("no verifier would accept the token: " + rule);
        }
    }

    /** The claims as JSON. */
    byte[] json() {
        return JsonWriter.write(this::write);
    }

    private void write(JsonWriter out) throws IOException {
        Identity identity = content.identity();
        out.members(identity.claims().asMap());
        out.member("iss", identity.issuer());
        out.member("sub", content.subject());
        out.member("aud", audience);
        out.member("iat", identity.issuedAt().getEpochSecond());
        out.member("exp", identity.expiresAt().getEpochSecond());
        out.member("jti", content.tokenId());
        out.member("sid", identity.loginId().value());
        out.member("auth_time", identity.authenticatedAt().getEpochSecond());
        out.member("amr", identity.methods());
        out.member("sub_epoch", identity.epoch());
        out.member("sid_gen", content.generation());
        if (identity.stepUps() > 0) {
            out.member("sid_step", identity.stepUps());
        }
        if (content.issuedInBackground()) {
            out.member(TokenClaims.BACKGROUND, true);
        }
    }
}
