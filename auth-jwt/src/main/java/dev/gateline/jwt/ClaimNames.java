package dev.gateline.jwt;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The claims in which an issuer says for whom a token is, what identifies it, and what its user may do. Immutable.
 *
 * @param audience the claims that may name the audience; the first one that is present decides
 * @param tokenId the claim that identifies the token; empty if no claim does
 * @param subject the claim that names the user
 * @param client the claim that names a client that acts for itself; empty if all tokens have a subject
 * @param scopes the places of scopes; empty for the standard one
 * @param roles the places of roles; empty for the standard one
 */
record ClaimNames(
        List<String> audience,
        String tokenId,
        String subject,
        String client,
        List<ClaimPlace> scopes,
        List<ClaimPlace> roles) {
    /** The beginning of the subject of a client that acts for itself and has no {@code sub}. */
    static final String CLIENT_SUBJECT = "client:";

    /** Moves scopes and roles to the claims that {@link dev.gateline.Identity} reads. */
    void settle(Map<String, @Nullable Object> claims) {
        if (!scopes.isEmpty()) {
            ClaimPlace.moveAll(scopes, "scope", claims);
        }
        if (!roles.isEmpty()) {
            ClaimPlace.moveAll(roles, "roles", claims);
        }
    }
}
